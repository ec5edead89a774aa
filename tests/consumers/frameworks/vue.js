// The README's line in a component, which handles the element's end event.

import 'torque-gitlab-connect/element/define';
import { createApp } from 'vue';
import App from './App.vue';

const root = document.createElement('div');
document.body.append(root);
createApp(App).mount(root);
