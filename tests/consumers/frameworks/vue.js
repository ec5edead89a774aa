// The README's line in a component, and the end of a job that it is told.

import 'torque-gitlab-connect/element/define';
import { createApp } from 'vue';
import App from './App.vue';

const root = document.createElement('div');
document.body.append(root);
createApp(App).mount(root);
