'use strict';

const namesOf = enumeration => {
  const names = [];
  for (const [name, value] of Object.entries(enumeration)) {
    if (typeof value === 'number') {
      names[value] = name;
    }
  }
  return names;
};

const width = 9;

/** Gives every distinct thing a number, in the order in which they are first met; null is -1. */
function numbering(describe) {
  const indexes = new Map();
  const list = [];
  const indexOf = thing => {
    if (thing === null || thing === undefined) {
      return -1;
    }
    let index = indexes.get(thing);
    if (index === undefined) {
      index = list.push(null) - 1;
      indexes.set(thing, index);
      list[index] = describe(thing);
    }
    return index;
  };
  return { list, indexOf };
}

/**
 * A bound syntax tree in numbers, which need no nesting (JSON readers limit that). Names are indexes into `names`, -1 is none.
 * `elements`: nodes and tokens in source order, nine numbers each: kind, role, start, length, symbol, type, constant value, the name
 * that a call gives its column, number of children (-1 marks a token). The type is that of a scalar by name, or -2 less the index of a table.
 * `symbols`: what nodes refer to: [kind, name, type, origins, source elements...]. Origins are the "Table.Column" that the column is,
 * by whatever name, separated by tabs. Sources are the elements whose value it has: of "extend a = b" the b.
 * `tables`: the columns of tabular types, as symbols; -1 before them when there may be others.
 */
function writeTree(Kusto, root, originsOf) {
  const { SyntaxKind, SyntaxToken, FunctionCallExpression } = Kusto.Syntax;
  const { Binder } = Kusto.Binding;
  const { SymbolKind, TableSymbol, ScalarSymbol, ColumnSymbol } = Kusto.Symbols;
  const kinds = namesOf(SyntaxKind);
  const symbolKinds = namesOf(SymbolKind);
  const elements = [];
  const positions = new Map();

  const names = numbering(name => name);
  const symbols = numbering(symbol => symbol);
  const tables = numbering(table => {
    const columns = table.IsOpen ? [-1] : [];
    for (let i = 0; i < table.Columns.Count; i++) {
      columns.push(symbols.indexOf(table.Columns.getItem(i)));
    }
    return columns;
  });

  const typeOf = type => {
    if (type instanceof TableSymbol) {
      return -2 - tables.indexOf(type);
    }
    return type instanceof ScalarSymbol ? names.indexOf(type.Name) : -1;
  };

  const constantOf = node => {
    const info = node.IsConstant ? node.ConstantValueInfo : null;
    if (!info || info.Value === null || info.Value === undefined) {
      return -1;
    }
    const type = node.ResultType && node.ResultType.Name;
    return names.indexOf(type === 'string' || type === 'timespan' ? String(info.Value) : info.ValueText);
  };

  const write = (element, role) => {
    const isToken = element instanceof SyntaxToken;
    const symbol = isToken ? null : element.ReferencedSymbol || null;
    positions.set(element, elements.length / width);
    elements.push(
      names.indexOf(kinds[element.Kind]), names.indexOf(role), element.TextStart, element.Width, symbols.indexOf(symbol),
      isToken ? -1 : typeOf(element.ResultType), isToken ? -1 : constantOf(element),
      names.indexOf(element instanceof FunctionCallExpression ? Binder.GetExpressionResultName(element, null, null) : null));
    const count = elements.push(-1) - 1;
    if (isToken) {
      return;
    }
    elements[count] = 0;
    for (let i = 0; i < element.ChildCount; i++) {
      const child = element.GetChild(i);
      if (child) {
        elements[count]++;
        write(child, element.GetName(i) || '');
      }
    }
  };

  // A source may lie in a function's expansion, which is no part of this tree. A column of a union has one original a table, and each may
  // have its own: every symbol is looked at once.
  const sourcesOf = (symbol, found, seen) => {
    if (seen.has(symbol)) {
      return found;
    }
    seen.add(symbol);
    const position = positions.get(symbol.Source);
    if (position !== undefined) {
      found.add(position);
    }
    const declared = symbol.Signatures && symbol.Signatures.Count > 0 ? positions.get(symbol.Signatures.getItem(0).Declaration) : undefined;
    if (declared !== undefined) {
      found.add(declared);
    }
    for (let i = 0; symbol.OriginalColumns && i < symbol.OriginalColumns.Count; i++) {
      sourcesOf(symbol.OriginalColumns.getItem(i), found, seen);
    }
    return found;
  };

  const writeSymbol = symbol => {
    const origins = new Set();
    if (symbol instanceof ColumnSymbol) {
      originsOf(symbol, origins, new Set());
    }
    return [
      names.indexOf(symbolKinds[symbol.Kind]), names.indexOf(symbol.Name),
      symbol.Type instanceof ScalarSymbol ? names.indexOf(symbol.Type.Name) : -1,
      origins.size > 0 ? names.indexOf([...origins].join('\t')) : -1,
      ...sourcesOf(symbol, new Set(), new Set()),
    ];
  };

  write(root, '');
  return { symbols: symbols.list.map(writeSymbol), tables: tables.list, names: names.list, elements };
}

module.exports = { writeTree };
