import '../shared/base.css';
import '../shared/page.css';
import './data.css';
import './barChart.css';
import { render } from 'preact';
import { registerElements } from '../shared/ui';
import { DataPage } from './dataPage';

registerElements();
render(<DataPage />, document.body);
