// The installed modules, loaded by the browser itself.

import * as api from '/dist/index.js';
import { use } from '/use.js';

use(api).then((answer) => {
  window.answer = answer;
});
