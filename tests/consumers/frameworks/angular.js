// The README's line in a component, which handles the element's end event. Templates are compiled in the page: what the
// ahead-of-time compiler makes of them is the same code.

import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'torque-gitlab-connect/element/define';
import { answerWith } from './end-jobs.js';
import template from './recipe.html';

class Connect {
  space = 'demo';
  done = answerWith;
}
const App = Component({ selector: 'main', template, schemas: [CUSTOM_ELEMENTS_SCHEMA] })(Connect);

document.body.append(document.createElement('main'));
await bootstrapApplication(App);
