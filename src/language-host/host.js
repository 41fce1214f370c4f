'use strict';

// The language host: answers newline-delimited JSON requests from stdin on stdout, in order, until stdin ends.
//   hello    {"hello":{"node","kusto"}} or {"error":"..."}, before anything else
//   request  {"id":1,"method":"analyze","params":{...}}
//   reply    {"id":1,"result":...} or {"id":1,"error":"..."}

const { dependencies, engines } = require('./package.json');

// Libraries may print; only replies may reach stdout.
for (const name of ['log', 'info', 'debug', 'dir', 'table', 'group', 'trace']) {
  console[name] = console.error;
}

// Loaded after the greeting, which says that Node itself runs.
const methods = {
  schema: params => require('./kql.js').setSchema(params),
  analyze: params => require('./kql.js').analyze(params),
};

function answer(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id;
    if (!Object.prototype.hasOwnProperty.call(methods, request.method)) {
      throw new Error(`There is no method "${request.method}".`);
    }
    return { id, result: methods[request.method](request.params) };
  } catch (error) {
    return { id, error: String((error && error.message) || error) };
  }
}

function write(message) {
  process.stdout.write(JSON.stringify(message) + '\n');
}

function serve() {
  const pending = [];
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', chunk => {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      pending.push(chunk.slice(start, end));
      write(answer(pending.join('')));
      pending.length = 0;
      start = end + 1;
    }
    pending.push(chunk.slice(start));
  });
  // Whoever asked has gone: nobody is left to answer.
  process.stdout.on('error', () => process.exit(1));
}

const required = Number(/\d+/.exec(engines.node)[0]);
if (Number(process.versions.node.split('.')[0]) < required) {
  write({ error: `node ${process.versions.node} is older than ${required}` });
} else {
  write({
    hello: {
      node: process.versions.node,
      kusto: dependencies['@kusto/language-service-next'],
    },
  });
  serve();
}
