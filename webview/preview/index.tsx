import '../shared/base.css';
import './preview.css';
import { render } from 'preact';
import { registerElements } from '../shared/ui';
import { Preview } from './preview';

registerElements();
render(<Preview />, document.body);
