'use strict';

const fs = require('fs');
const path = require('path');

// Beside this file in an output folder, or in the npm package.
const beside = path.join(__dirname, 'liquid.node.js');
module.exports = require(fs.existsSync(beside) ? beside : 'liquidjs');
