// Starts a module worker and a service worker, and collects what both answer.

const fromWorker = new Promise((resolve, reject) => {
  const worker = new Worker('/worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
});

async function fromServiceWorker() {
  await navigator.serviceWorker.register('/service-worker.js', { type: 'module' });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  active.postMessage('use', [port2]);
  return answer;
}

Promise.all([fromWorker, fromServiceWorker()]).then(
  ([worker, serviceWorker]) => {
    window.answer = { worker, serviceWorker };
  },
  (error) => {
    window.answer = { error: String(error) };
  },
);
