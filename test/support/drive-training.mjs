// Starts the training process as it is built, with no more environment than this one has, and has it train:
//   node drive-training.mjs PATH-OF-train-worker.js JOB-AS-JSON
import { fork } from 'node:child_process';
import { createBirpc } from 'birpc';

const [entry, job] = process.argv.slice(2);
const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
const rpc = createBirpc(
  {},
  { post: (message) => child.send(message), on: (listener) => child.on('message', listener), timeout: -1 },
);
const call = async (name, ...args) => {
  const reply = await rpc.call(name, args);
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
};

await call('begin', JSON.parse(job), { engine: 'onnx', provider: 'cpu' });
let end = null;
while (end === null) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  ({ end } = await call('look'));
}
child.disconnect();
console.log(JSON.stringify(end));
