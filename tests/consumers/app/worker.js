// A module worker.

import * as api from 'torque-gitlab-connect';
import { use } from './use.js';

use(api).then((answer) => postMessage(answer));
