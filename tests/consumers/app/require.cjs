// CommonJS code gets the ES module by `require`.

const { checkBaseUrl } = require('torque-gitlab-connect');
const { TorqueGitlabConnectElement } = require('torque-gitlab-connect/element');

console.log(checkBaseUrl('https://gitlab.example.com').value.url, typeof TorqueGitlabConnectElement);
