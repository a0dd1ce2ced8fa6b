import '../shared/base.css';
import '../shared/page.css';
import './run.css';
import './charts/charts.css';
import './compare/compare.css';
import './matrix/confusion.css';
import './metrics/metrics.css';
import './examples/examples.css';
import '../shared/inspector/inspector.css';
import { render } from 'preact';
import { registerElements } from '../shared/ui';
import { Run } from './run';

registerElements();
render(<Run />, document.body);
