import { createApp } from 'vue';
import ConnectGitlab from './ConnectGitlab.vue';

createApp(ConnectGitlab).mount('#app');
