'use strict';

const fs = require('fs');
const path = require('path');

// The two scripts put their names on the global object and are no CommonJS modules. Indirect eval runs them there, and unlike the
// vm module it also works while a startup snapshot is built. Side by side in an output folder, or in the npm package.
const files = ['bridge.min.js', 'Kusto.Language.Bridge.min.js'];

function locate(directory, file) {
  const beside = path.join(directory, file);
  return fs.existsSync(beside) ? beside : path.join(directory, 'node_modules/@kusto/language-service-next', file);
}

/** Loads Kusto.Language, unless the startup snapshot holds it already. */
function load(directory) {
  if (!globalThis.Kusto) {
    for (const file of files) {
      const name = locate(directory, file);
      (0, eval)(fs.readFileSync(name, 'utf8') + `\n//# sourceURL=${file}`);
    }
  }
  return globalThis.Kusto.Language;
}

module.exports = { load };
