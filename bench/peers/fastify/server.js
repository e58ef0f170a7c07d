'use strict';

// The Fastify peer: two workers that check a row against the contract's bounds, run the model and answer in Evenkeel's
// shape. Called as `PORT=18091 MODEL_FOLDER=models/breast-cancer/1 node server.js`.

const cluster = require('node:cluster');
const { createHash, randomUUID } = require('node:crypto');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const WORKERS = 2;

if (cluster.isPrimary) {
  supervise();
} else {
  serve().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

/** Starts the workers. One that dies ends the whole peer, so that a run with half of it is never measured. */
function supervise() {
  let stopping = false;
  const stop = (code) => {
    if (stopping) return;
    stopping = true;
    process.exitCode = code;
    for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
  };
  cluster.on('exit', () => stop(1));
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  for (let i = 0; i < WORKERS; i++) cluster.fork();
}

async function serve() {
  const port = Number(process.env.PORT);
  const folder = path.resolve(process.env.MODEL_FOLDER);
  const contractFile = readFileSync(path.join(folder, 'contract.yaml'));
  const contract = require('yaml').parse(contractFile.toString());
  const model = path.basename(path.dirname(folder));
  const version = path.basename(folder);
  const fingerprint = createHash('sha256').update(contractFile).digest('hex').slice(0, 12);
  const names = contract.features.map((feature) => feature.name);
  const labels = contract.outputs.labels;
  const predict = await predictor(path.join(folder, 'model.onnx'), names, contract.outputs);

  const app = require('fastify')({
    logger: false,
    // Evenkeel takes numbers only, refuses unknown members and says everything wrong at once; so does this peer.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
  });
  app.post('/v1/predict', { schema: { body: bodySchema(contract), response: { 200: answerSchema(labels) } } }, async (request) => ({
    id: randomUUID(),
    model,
    version,
    contract: fingerprint,
    prediction: await predict(request.body.instance),
    degraded: false,
    warnings: [],
  }));
  await app.listen({ port, host: '127.0.0.1' });
}

/**
 * A function from a row to its prediction. `session.run` reads its input only in a later turn of the event loop, so
 * each request in flight has tensors of its own; they are reused from request to request.
 */
async function predictor(modelFile, names, outputs) {
  const { InferenceSession, Tensor } = require('onnxruntime-node');
  const session = await InferenceSession.create(modelFile, {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const input = session.inputNames[0];
  const output = outputs.probabilities;
  const labels = outputs.labels;
  const idle = [];
  const newSlot = () => {
    const row = new Float32Array(names.length);
    const probabilities = new Float32Array(labels.length);
    return {
      row,
      probabilities,
      feeds: { [input]: new Tensor('float32', row, [1, names.length]) },
      fetches: { [output]: new Tensor('float32', probabilities, [1, labels.length]) },
    };
  };

  return async (instance) => {
    const slot = idle.pop() ?? newSlot();
    const { row, probabilities } = slot;
    try {
      for (let i = 0; i < names.length; i++) row[i] = instance[names[i]];
      await session.run(slot.feeds, slot.fetches);
      let best = 0;
      const byLabel = {};
      for (let i = 0; i < labels.length; i++) {
        byLabel[labels[i]] = probabilities[i];
        if (probabilities[i] > probabilities[best]) best = i;
      }
      return { label: labels[best], probabilities: byLabel, confidence: probabilities[best] };
    } finally {
      idle.push(slot);
    }
  };
}

function bodySchema(contract) {
  const properties = {};
  const required = [];
  for (const feature of contract.features) {
    if (feature.type !== 'number' || feature.required === false || feature.nullable) {
      throw new Error(`Feature ${feature.name}: this peer serves required numbers only`);
    }
    const property = { type: 'number' };
    for (const bound of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) {
      if (feature[bound] !== undefined) property[bound] = feature[bound];
    }
    properties[feature.name] = property;
    required.push(feature.name);
  }
  return {
    type: 'object',
    required: ['instance'],
    additionalProperties: false,
    properties: {
      instance: { type: 'object', required, additionalProperties: false, properties },
      options: { type: 'object' },
    },
  };
}

function answerSchema(labels) {
  const string = { type: 'string' };
  const number = { type: 'number' };
  return {
    type: 'object',
    properties: {
      id: string,
      model: string,
      version: string,
      contract: string,
      prediction: {
        type: 'object',
        properties: {
          label: string,
          probabilities: { type: 'object', properties: Object.fromEntries(labels.map((label) => [label, number])) },
          confidence: number,
        },
      },
      degraded: { type: 'boolean' },
      warnings: { type: 'array', items: string },
    },
  };
}
