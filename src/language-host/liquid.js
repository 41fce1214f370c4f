'use strict';

const { Liquid, Context, toValueSync } = require('./liquidjs.js');
const { RecordingParser } = require('./parser.js');
const { Emitter } = require('./emitter.js');
const { Query, read } = require('./values.js');
const { limit, describe } = require('./errors.js');
const ownFilters = require('./filters.js');

// Characters parsed, units of memory as LiquidJS counts them, templates rendered (each loop pass is one), milliseconds.
const maxParse = 4 * 1024 * 1024;
const maxMemory = 8 * 1024 * 1024;
const maxSteps = 200_000;
const maxTime = 10_000;

// Tags and filters that every Liquid has and that depend on nothing but their input: no clock, no chance, no files, no HTML.
const allowedTags = new Set(['assign', 'capture', 'for', 'break', 'continue', 'if', 'unless', 'case', 'comment', '#', 'raw']);
const allowedFilters = new Set([
  'abs', 'append', 'capitalize', 'ceil', 'compact', 'concat', 'default', 'divided_by', 'downcase', 'first', 'floor', 'join', 'last',
  'lstrip', 'map', 'minus', 'modulo', 'plus', 'prepend', 'remove', 'remove_first', 'replace', 'replace_first', 'reverse', 'round',
  'rstrip', 'size', 'slice', 'sort', 'split', 'strip', 'strip_newlines', 'times', 'truncate', 'uniq', 'upcase',
]);

/** Counts work instead of time, so that a template ends the same way on every machine; the clock is only the last resort. */
class Limits {
  constructor() {
    this.steps = 0;
    this.end = Date.now() + maxTime;
  }

  check() {
    if (++this.steps > maxSteps || (this.steps % 64 === 0 && Date.now() > this.end)) {
      throw limit('The template takes too many steps; a loop in it is too long.');
    }
  }
}

function engine() {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: maxParse,
    memoryLimit: maxMemory,
    timezoneOffset: 0,
  });
  for (const name of Object.keys(liquid.tags).filter(tag => !allowedTags.has(tag))) {
    delete liquid.tags[name];
  }
  for (const name of Object.keys(liquid.filters).filter(filter => !allowedFilters.has(filter))) {
    delete liquid.filters[name];
  }
  for (const [name, filter] of Object.entries(ownFilters)) {
    liquid.registerFilter(name, filter);
  }
  return liquid;
}

function renderInto(liquid, text, source, values) {
  const templates = new RecordingParser(liquid).parse(text, source);
  const context = new Context(values, liquid.options, { sync: true }, { liquid, renderLimit: new Limits() });
  const emitter = new Emitter();
  toValueSync(liquid.renderer.renderTemplates(templates, context, emitter));
  return emitter;
}

/** Renders { template, query, values } to { text, segments } or { error }. */
function render({ template, query, values }) {
  let source = 'query';
  try {
    const liquid = engine();
    const scope = read(values);
    if (query !== null) {
      const inner = renderInto(liquid, query, source, scope);
      scope.query = new Query(inner.text, inner.segments);
    }
    source = 'template';
    const { text, segments } = renderInto(liquid, template, source, scope);
    return { text, segments };
  } catch (error) {
    return { error: describe(error, source) };
  }
}

module.exports = { render };
