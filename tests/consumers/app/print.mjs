// Prints what the API answers here; the element's class is imported too, as a server that renders pages does.

import 'torque-gitlab-connect/element';
import 'torque-gitlab-connect/element/define';
import * as api from 'torque-gitlab-connect';
import { use } from './use.js';

console.log(JSON.stringify(await use(api)));
