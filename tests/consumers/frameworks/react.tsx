// The README's component in a page, and the end of a job that it is told.

import { createRoot } from 'react-dom/client';
import { Connect } from './recipe.js';
import { answerWith } from './told.js';

const root = document.createElement('div');
document.body.append(root);
createRoot(root).render(<Connect portalUrl="https://portal.qtorque.io/" space="demo" onEnd={answerWith} />);
