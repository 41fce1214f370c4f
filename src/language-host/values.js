'use strict';

const { Drop } = require('./liquidjs.js');
const { TemplateError } = require('./errors.js');

/** Text that is KQL already: what the filters make, and the only thing that an output may write. */
class Kql {
  constructor(text, origin = null) {
    this.text = text;
    this.origin = origin;
  }

  toString() {
    return this.text;
  }
}

/** The detection's own query, rendered; `{{ query }}` inserts it with its segments. */
class Query extends Kql {
  constructor(text, segments) {
    super(text);
    this.segments = segments;
  }
}

/** A value whose Kusto type JSON cannot tell: 14d, a datetime, a column. Conditions compare it as its text. */
class Typed extends Drop {
  constructor({ type, value, origin = null }) {
    super();
    this.type = type;
    this.value = value;
    this.origin = origin;
  }

  valueOf() {
    return this.value;
  }

  toString() {
    return String(this.value);
  }
}

const plainTypes = new Set(['string', 'bool', 'int', 'strings']);
const typedTypes = new Set(['timespan', 'datetime', 'real', 'long', 'name', 'column', 'expression']);

function isTyped(value) {
  const { type, value: inner, origin, ...others } = value;
  return typeof type === 'string' && inner !== undefined && Object.keys(others).length === 0;
}

/** JSON as templates see it: { "type": ..., "value": ... } becomes a typed value, everything else stays as it is. */
function read(value) {
  if (Array.isArray(value)) {
    return value.map(read);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (!isTyped(value)) {
    // No prototype: a template must not reach "constructor".
    return Object.assign(Object.create(null), ...Object.entries(value).map(([key, item]) => ({ [key]: read(item) })));
  }
  if (plainTypes.has(value.type)) {
    return value.value;
  }
  if (typedTypes.has(value.type)) {
    return new Typed(value);
  }
  if (value.type === 'columns' && Array.isArray(value.value)) {
    return Object.assign(value.value.map(name => new Typed({ type: 'column', value: name })), { areColumns: true });
  }
  throw new TemplateError('value', `A value has the type "${value.type}", which templates do not know.`);
}

module.exports = { Kql, Query, Typed, read };
