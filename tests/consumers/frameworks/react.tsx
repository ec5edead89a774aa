// The README's component in a page, which handles the element's end event.

import { createRoot } from 'react-dom/client';
import { answerWith } from './end-jobs.js';
import { Connect } from './recipe.js';

const root = document.createElement('div');
document.body.append(root);
createRoot(root).render(<Connect portalUrl="https://portal.qtorque.io/" space="demo" onEnd={answerWith} />);
