// The README's line in a component, and the end of a job that it is told. Templates are compiled in the page: what the
// ahead-of-time compiler makes of them is the same code.

import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'torque-gitlab-connect/element/define';
import template from './recipe.html';
import { answerWith } from './told.js';

class Connect {
  space = 'demo';
  done = answerWith;
}
const App = Component({ selector: 'main', template, schemas: [CUSTOM_ELEMENTS_SCHEMA] })(Connect);

document.body.append(document.createElement('main'));
await bootstrapApplication(App);
