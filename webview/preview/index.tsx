import '../shared/base.css';
import './preview.css';
import '../shared/inspector/inspector.css';
import './previewInspector.css';
import { render } from 'preact';
import { registerElements } from '../shared/ui';
import { Preview } from './preview';

registerElements();
render(<Preview />, document.body);
