'use strict';

const keywords = require('./keywords.js');
const { Kql, Typed } = require('./values.js');
const { TemplateError } = require('./errors.js');

const refuse = message => { throw new TemplateError('value', message); };

const named = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
// What a lexer or an editor could take for the end of the line or the text, and halves of surrogate pairs.
const special = /[\\"\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeOf(character) {
  return named[character] || '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
}

/** A KQL string literal that means exactly this text; also valid JSON, so that it may stand inside dynamic(). */
function stringLiteral(text) {
  return '"' + text.replace(special, escapeOf) + '"';
}

/** A name as KQL takes it: plain, or ['quoted'] when it is no identifier or is a keyword. */
function nameOf(text) {
  if (typeof text !== 'string') {
    return refuse('A name must be a text or a column.');
  }
  if (text.length === 0) {
    return refuse('A name must not be empty.');
  }
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text)) {
    return text;
  }
  return "['" + stringLiteral(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'") + "']";
}

const timespan = /^\d{1,10}(d|h|m|s|ms)$/;
const clock = /^(\d{1,8}\.)?([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?$/;
const datetime = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const real = /^-?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?$/;

function longOf(text) {
  if (!/^-?\d{1,19}$/.test(text) || BigInt.asIntN(64, BigInt(text)) !== BigInt(text)) {
    return refuse(`"${text}" is no long.`);
  }
  return text;
}

function typedLiteral({ type, value }) {
  const text = String(value);
  switch (type) {
    case 'timespan':
      if (timespan.test(text)) {
        return text;
      }
      return clock.test(text) ? `timespan(${text})` : refuse(`"${text}" is no timespan such as 14d or 1.06:30:00.`);
    case 'datetime':
      return datetime.test(text) ? `datetime(${text})` : refuse(`"${text}" is no datetime such as 2024-05-01T12:00:00Z.`);
    case 'real':
      return real.test(text) ? `real(${text})` : refuse(`"${text}" is no real number.`);
    case 'long':
      return longOf(text);
    case 'expression':
      // KQL that the mapping's author or the generator wrote: it means what it says, as the query of a detection does.
      return text;
    default:
      return nameOf(value);
  }
}

function numberLiteral(value) {
  if (Number.isInteger(value)) {
    return Number.isSafeInteger(value) ? String(value) : refuse(`The number ${value} is too large to be exact; give it the type long.`);
  }
  return Number.isFinite(value) ? `real(${value})` : refuse('A number is not finite.');
}

function arrayLiteral(items) {
  if (items.areColumns || (items.length > 0 && items.every(item => item instanceof Typed && item.type === 'column'))) {
    return items.length > 0 ? items.map(item => nameOf(item.value)).join(', ') : refuse('A list of columns must not be empty.');
  }
  const literals = items.map(item => {
    if (typeof item === 'string') {
      return stringLiteral(item);
    }
    if (typeof item === 'boolean' || Number.isSafeInteger(item)) {
      return String(item);
    }
    return refuse('A list may hold texts, whole numbers and booleans only.');
  });
  return `dynamic([${literals.join(', ')}])`;
}

function literal(value) {
  if (typeof value === 'string') {
    return stringLiteral(value);
  }
  if (typeof value === 'number') {
    return numberLiteral(value);
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof Typed) {
    return typedLiteral(value);
  }
  if (Array.isArray(value)) {
    return arrayLiteral(value);
  }
  if (value instanceof Kql) {
    return refuse('This is KQL already; a filter would change its meaning.');
  }
  return refuse('A value that is null, empty or an object has no KQL literal.');
}

function identifier(value) {
  if (value instanceof Typed && value.type !== 'column' && value.type !== 'name') {
    return refuse('A name must be a text or a column.');
  }
  return nameOf(value instanceof Typed ? value.value : value);
}

// Every byte that a filter makes counts, or captures that double would not.
const counted = make => function (value) {
  const text = make(value);
  this.context.memoryLimit.use(text.length);
  return new Kql(text, value instanceof Typed ? value.origin : null);
};

module.exports = { kql: counted(literal), kql_name: counted(identifier) };
