'use strict';

const { load } = require('./kusto.js');
const { writeTree } = require('./tree.js');

const Kusto = load(__dirname);
const {
  ColumnSymbol, TableSymbol, FunctionSymbol, ParameterSymbol, Parameter, DatabaseSymbol, GroupSymbol, ScalarTypes, Tabularity,
} = Kusto.Symbols;
const { FunctionCallExpression, SyntaxNode } = Kusto.Syntax;

const watchlistFunction = '_GetWatchlist';

let workspace = null;

// What comes from a table that nobody declared is of the type "unknown", which has no name in KQL.
function scalar(type) {
  const symbol = type === ScalarTypes.Unknown.Name ? ScalarTypes.Unknown : ScalarTypes.GetSymbol(type);
  if (!symbol) {
    throw new Error(`"${type}" is no Kusto type.`);
  }
  return symbol;
}

// Columns come as [name, type, name, type, ...]. Only constructors: TableSymbol.From parses, ten times slower.
function tableOf(name, columns) {
  const symbols = [];
  for (let i = 0; i < columns.length; i += 2) {
    symbols.push(new ColumnSymbol(columns[i], scalar(columns[i + 1]), null));
  }
  return new TableSymbol.$ctor4(name, symbols);
}

function parameterOf(name, type) {
  return new ParameterSymbol(name, scalar(type), null);
}

// _GetWatchlist returns what the alias declares; of an unknown one only SearchKey is known, and any other column may be there.
function watchlistsOf(watchlists) {
  const byAlias = new Map(watchlists.map(([alias, columns]) => [alias, tableOf('', columns)]));
  const unknown = tableOf('', ['SearchKey', 'string']).WithIsOpen(true);
  const result = context => {
    const argument = context.Arguments.Count > 0 ? context.Arguments.getItem(0) : null;
    return byAlias.get(argument && argument.ConstantValue) || unknown;
  };
  const alias = Parameter.From(parameterOf('watchlistAlias', 'string'), false, null);
  return new FunctionSymbol.ctor(watchlistFunction, result, Tabularity.Tabular, [alias]);
}

/** Replaces what queries can name: { tables: [[name, columns, open]], functions: [[name, parameters, columns, open, returns]], watchlists: [[alias, columns]] }. */
function setSchema(schema) {
  const owners = new Map();
  const own = (name, table) => {
    for (let i = 0; i < table.Columns.Count; i++) {
      owners.set(table.Columns.getItem(i), name);
    }
    return table;
  };
  const tables = schema.tables.map(([name, columns, open]) => own(name, tableOf(name, columns).WithIsOpen(open)));
  const functions = schema.functions.map(([name, parameters, columns, open, returns]) => new FunctionSymbol.$ctor5(
    name,
    returns ? scalar(returns) : own(name, tableOf('', columns).WithIsOpen(open)),
    parameters.map(([parameter, type]) => Parameter.From(parameterOf(parameter, type), true, null))));
  const database = new DatabaseSymbol.ctor('workspace', [...tables, ...functions, watchlistsOf(schema.watchlists)]);
  workspace = {
    globals: Kusto.GlobalState.Default.WithDatabase(database),
    tables: new Set(tables),
    functions: new Set(functions),
    owners,
  };
  return true;
}

// The owner of a column, also of one that a join or union has renamed.
function originsOf(column, found, seen) {
  const owner = workspace.owners.get(column);
  if (owner !== undefined) {
    found.add(`${owner}.${column.Name}`);
  } else if (!seen.has(column) && column.OriginalColumns) {
    seen.add(column);
    for (let i = 0; i < column.OriginalColumns.Count; i++) {
      originsOf(column.OriginalColumns.getItem(i), found, seen);
    }
  }
}

function note(symbol, reads) {
  if (!symbol) {
    return;
  }
  if (workspace.tables.has(symbol)) {
    reads.tables.add(symbol.Name);
  } else if (workspace.functions.has(symbol)) {
    reads.functions.add(symbol.Name);
  } else if (symbol instanceof ColumnSymbol) {
    originsOf(symbol, reads.columns, reads.seen);
  } else if (symbol instanceof GroupSymbol) {
    for (let i = 0; i < symbol.Members.Count; i++) {
      note(symbol.Members.getItem(i), reads);
    }
  }
}

function visit(node, reads) {
  note(node.ReferencedSymbol, reads);
  if (node instanceof FunctionCallExpression) {
    // table("SigninLogs") refers to the function, and results in the table.
    if (workspace.tables.has(node.ResultType)) {
      reads.tables.add(node.ResultType.Name);
    }
    const first = node.Name.SimpleName === watchlistFunction && node.ArgumentList.Expressions.Count > 0
      ? node.ArgumentList.Expressions.getItem(0).Element$1
      : null;
    if (first && first.IsLiteral && typeof first.LiteralValue === 'string') {
      reads.watchlists.add(first.LiteralValue);
    }
  }
  for (let i = 0; i < node.ChildCount; i++) {
    const child = node.GetChild(i);
    if (child instanceof SyntaxNode) {
      visit(child, reads);
    }
  }
}

function diagnosticsOf(code) {
  const list = code.GetDiagnostics();
  const found = [];
  for (let i = 0; i < list.Count; i++) {
    const { Code, Severity, Start, Length, Message } = list.getItem(i);
    found.push([Code, Severity, Start, Length, Message]);
  }
  return found;
}

function columnsOf(type) {
  if (!(type instanceof TableSymbol)) {
    return null;
  }
  const columns = [];
  for (let i = 0; i < type.Columns.Count; i++) {
    const column = type.Columns.getItem(i);
    columns.push(column.Name, column.Type.Name);
  }
  return columns;
}

// Kusto.Language refuses such depth too, but takes ten seconds or more to see it. Brackets in literals count: nobody writes that many.
const maxDepth = 400;
const depthCode = 'KS245';
const tooDeep = [depthCode, 'Error', 0, 0, 'Query syntax depth exceeds maximum safe limit. Semantic analysis not performed.'];

function isTooDeep(text) {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth > maxDepth) {
      return true;
    }
  }
  return false;
}

// What is not bound says nothing more, and its tree is as deep.
function unbound(diagnostics) {
  return { diagnostics, columns: null, isOpen: false, tables: [], functions: [], watchlists: [], columnsRead: [], tree: null };
}

// Words that are missing stay so: only white space changes.
function formattedOf(code) {
  const { KustoFormatter, FormattingOptions } = Kusto.Editor;
  return KustoFormatter.GetFormattedText(code.Syntax, FormattingOptions.Default.WithInsertMissingTokens(false), 0).Text;
}

/** Analyses { text, parameters: [[name, type]], tree, format }. */
function analyze({ text, parameters, tree, format }) {
  if (isTooDeep(text)) {
    return unbound([tooDeep]);
  }
  if (!workspace) {
    setSchema({ tables: [], functions: [], watchlists: [] });
  }
  const globals = parameters.length > 0
    ? workspace.globals.AddParameters(parameters.map(([name, type]) => parameterOf(name, type)))
    : workspace.globals;
  const code = Kusto.KustoCode.ParseAndAnalyze(text, globals);
  const diagnostics = diagnosticsOf(code);
  if (diagnostics.some(([finding]) => finding === depthCode)) {
    return unbound(diagnostics);
  }
  const reads = { tables: new Set(), functions: new Set(), watchlists: new Set(), columns: new Set(), seen: new Set() };
  visit(code.Syntax, reads);
  return {
    diagnostics,
    columns: columnsOf(code.ResultType),
    isOpen: code.ResultType instanceof TableSymbol && code.ResultType.IsOpen,
    tables: [...reads.tables],
    functions: [...reads.functions],
    watchlists: [...reads.watchlists],
    columnsRead: [...reads.columns],
    ...(format ? { formatted: formattedOf(code) } : {}),
    tree: tree ? writeTree(Kusto, code.Syntax, originsOf) : null,
  };
}

module.exports = { setSchema, analyze };
