'use strict';

const { Query } = require('./values.js');
const { limit } = require('./errors.js');

const maxLength = 1024 * 1024;

/** Collects rendered text and, for each run of it, where it comes from: [start, length, source, sourceStart, sourceLength, value]. */
class Emitter {
  constructor() {
    this.parts = [];
    this.length = 0;
    this.segments = [];
  }

  /** Text copied from a template as it stands. */
  copy(text, source, start) {
    this.add(text, [source, start, text.length, null]);
  }

  /** What an output wrote. */
  output(value, token, path) {
    if (!(value instanceof Query)) {
      this.add(value.text, [token.file, token.begin, token.end - token.begin, path]);
      return;
    }
    const base = this.length;
    this.append(value.text);
    for (const [start, ...rest] of value.segments) {
      this.segments.push([base + start, ...rest]);
    }
  }

  add(text, from) {
    if (text.length > 0) {
      const start = this.length;
      this.append(text);
      this.segments.push([start, text.length, ...from]);
    }
  }

  append(text) {
    this.length += text.length;
    if (this.length > maxLength) {
      throw limit(`The rendered text is longer than ${maxLength} characters.`);
    }
    this.parts.push(text);
  }

  /** LiquidJS reads this after each level, and writes here what its tags return: nothing, of the tags that are allowed. */
  get buffer() {
    return '';
  }

  write() {
    throw new Error('a tag wrote text of its own');
  }

  get text() {
    return this.parts.join('');
  }
}

module.exports = { Emitter };
