'use strict';

/** A mistake in a template, of one of the kinds that RenderError documents. `name` is what is unknown, for "did you mean". */
class TemplateError extends Error {
  constructor(kind, message, { name = null, token = null } = {}) {
    super(message);
    this.kind = kind;
    this.unknown = name;
    this.token = token;
  }
}

function limit(message) {
  return new TemplateError('limit', message);
}

const kindOfMessage = [
  [/^undefined filter: (.*)$/s, name => new TemplateError('filter', `There is no filter "${name}".`, { name })],
  [/^undefined variable: (.*)$/s, name => new TemplateError('variable', `The name "${name}" is not defined here.`, { name })],
  [/^tag "(.*)" not found$/s, name => new TemplateError('syntax', `There is no tag "${name}" here.`, { name })],
  [/^(memory alloc|parse length|template render) limit exceeded$/, () => limit('The template needs too much memory.')],
  [/^Maximum call stack size exceeded$/, () => limit('The template is nested too deeply.')],
];

function explain(error) {
  for (const [pattern, make] of kindOfMessage) {
    const match = pattern.exec(error.message);
    if (match) {
      return make(match[1]);
    }
  }
  return new TemplateError('syntax', `The template is not correct: ${error.message.replace(/\.$/, '')}.`);
}

// A filter's own token is better than the whole output; LiquidJS puts the error on the output.
function narrow(token, explained) {
  if (explained.kind !== 'filter' || !token) {
    return token;
  }
  const text = token.input.slice(token.begin, token.end);
  const at = text.search(new RegExp(`\\|\\s*${explained.unknown}\\b`));
  if (at < 0) {
    return token;
  }
  const begin = token.begin + text.indexOf(explained.unknown, at);
  return { file: token.file, begin, end: begin + explained.unknown.length };
}

/** What went wrong as plain data: { kind, source, start, length, message, name }. */
function describe(error, source) {
  // LiquidJS wraps what was thrown, once for each level; the innermost knows best what happened and where.
  let token = error.token || null;
  let cause = error;
  while (cause.originalError) {
    cause = cause.originalError;
    token = cause.token || token;
  }
  const explained = cause instanceof TemplateError ? cause : explain(plain(cause));
  token = narrow(token, explained);
  return {
    kind: explained.kind,
    source: (token && token.file) || source,
    start: token ? token.begin : 0,
    length: token ? Math.max(0, token.end - token.begin) : 0,
    message: explained.message,
    name: explained.unknown,
  };
}

// A tokenizer's message ends in the place, which is told apart from it.
function plain(error) {
  return { message: String(error.message).replace(/(, file:[^\n]*?)?, line:\d+, col:\d+$/, '') };
}

module.exports = { TemplateError, limit, describe };
