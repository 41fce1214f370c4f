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

/**
 * A syntax tree as one flat array of numbers, in source order (nesting would meet the depth limits of JSON readers): for each element
 * kind, role, start, length, symbol kind, symbol name, result type, result columns (of operators), result name (of calls), number of
 * children. Names are indexes into `names`, columns into `tables` ([name, type, ...] each), -1 is none; -1 children marks a token.
 * Of a table whose columns are not all known nothing is said.
 */
function writeTree(Kusto, root) {
  const { SyntaxKind, SyntaxToken, QueryOperator, FunctionCallExpression } = Kusto.Syntax;
  const { Binder } = Kusto.Binding;
  const { SymbolKind, TableSymbol, ScalarSymbol } = Kusto.Symbols;
  const kinds = namesOf(SyntaxKind);
  const symbolKinds = namesOf(SymbolKind);
  const names = [];
  const indexes = new Map();
  const tables = [];
  const tableIndexes = new Map();
  const elements = [];

  const intern = name => {
    if (name === null) {
      return -1;
    }
    let index = indexes.get(name);
    if (index === undefined) {
      index = names.push(name) - 1;
      indexes.set(name, index);
    }
    return index;
  };

  const typeOf = type => {
    if (type instanceof TableSymbol) {
      return 'table';
    }
    return type instanceof ScalarSymbol ? type.Name : null;
  };

  // Of operators only: what names and sources return is known where they are declared.
  const columnsOf = (element, type) => {
    if (!(element instanceof QueryOperator) || !(type instanceof TableSymbol) || type.IsOpen) {
      return -1;
    }
    let index = tableIndexes.get(type);
    if (index === undefined) {
      const columns = [];
      for (let i = 0; i < type.Columns.Count; i++) {
        const column = type.Columns.getItem(i);
        columns.push(column.Name, column.Type.Name);
      }
      index = tables.push(columns) - 1;
      tableIndexes.set(type, index);
    }
    return index;
  };

  const write = (element, role) => {
    const isToken = element instanceof SyntaxToken;
    const symbol = isToken ? null : element.ReferencedSymbol || null;
    elements.push(
      intern(kinds[element.Kind]), intern(role), element.TextStart, element.Width,
      intern(symbol && symbolKinds[symbol.Kind]), intern(symbol && symbol.Name),
      intern(isToken ? null : typeOf(element.ResultType)), isToken ? -1 : columnsOf(element, element.ResultType),
      intern(element instanceof FunctionCallExpression ? Binder.GetExpressionResultName(element, null, null) : null));
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

  write(root, '');
  return { names, tables, elements };
}

module.exports = { writeTree };
