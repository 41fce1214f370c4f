'use strict';

const { Parser, Output, RawTag, TypeGuards } = require('./liquidjs.js');
const { Kql, Query } = require('./values.js');
const { Emitter } = require('./emitter.js');
const { TemplateError } = require('./errors.js');

const filtersThatEscape = new Set(['kql', 'kql_name']);

const unfiltered = token => new TemplateError(
  'unfiltered',
  'This output would write a value into the query as it is. End it in the filter "kql", or in "kql_name" for the name of a column.',
  { token });

// The path that an output prints, as it is written: "minAttempts", "field.name".
function pathOf(output) {
  const [first, ...rest] = output.value.initial.postfix;
  return first && rest.length === 0 ? first.getText() : output.token.content.split('|')[0].trim();
}

function escapes(output) {
  const { filters } = output.value;
  return filters.length > 0 && filtersThatEscape.has(filters[filters.length - 1].name);
}

function isQuery(output) {
  return output.value.filters.length === 0 && pathOf(output) === 'query' && output.token.file === 'template';
}

function recordText(text, token, start) {
  return function (context, emitter) {
    context.memoryLimit.use(text.length);
    if (emitter instanceof Emitter) {
      emitter.copy(text, token.file, start);
    } else {
      emitter.write(text);
    }
  };
}

function recordOutput(output) {
  const path = pathOf(output);
  const wanted = isQuery(output) ? Query : Kql;
  return function* (context, emitter) {
    const value = yield output.value.value(context, false);
    if (!(value instanceof wanted)) {
      throw unfiltered(output.token);
    }
    context.memoryLimit.use(value.text.length);
    if (emitter instanceof Emitter) {
      emitter.output(value, output.token, value.origin || path);
    } else {
      emitter.write(value.text);
    }
  };
}

// LiquidJS leaves the file off the tokens of values inside a tag or output.
function* placing(render, token, context, emitter) {
  try {
    return yield render(context, emitter);
  } catch (error) {
    throw placed(error, token);
  }
}

function placed(error, token) {
  if (error.token && !error.token.file) {
    error.token.file = token.file;
  }
  return error;
}

/** LiquidJS' parser, which refuses outputs that do not end in a filter of ours, and whose templates tell where their text is from. */
class RecordingParser extends Parser {
  parseToken(token, rest) {
    try {
      const template = this.record(super.parseToken(token, rest), token);
      const render = template.render.bind(template);
      template.render = (context, emitter) => placing(render, token, context, emitter);
      return template;
    } catch (error) {
      throw placed(error, token);
    }
  }

  record(template, token) {
    if (template instanceof Output) {
      if (!escapes(template) && !isQuery(template)) {
        throw unfiltered(token);
      }
      template.render = recordOutput(template);
    } else if (template instanceof RawTag) {
      const text = template.tokens.map(part => part.getText()).join('');
      template.render = recordText(text, token, template.tokens.length > 0 ? template.tokens[0].begin : token.end);
    } else if (TypeGuards.isHTMLToken(token)) {
      template.render = recordText(token.getContent(), token, token.begin + token.trimLeft);
    }
    return template;
  }
}

module.exports = { RecordingParser };
