import '../shared/base.css';
import './run.css';
import './charts/charts.css';
import './compare/compare.css';
import './confusion.css';
import './metrics.css';
import './examples.css';
import '../shared/inspector/inspector.css';
import { render } from 'preact';
import { registerElements } from '../shared/ui';
import { Run } from './run';

registerElements();
render(<Run />, document.body);
