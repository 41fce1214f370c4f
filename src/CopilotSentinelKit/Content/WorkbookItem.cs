using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>A part of a workbook.</summary>
/// <typeparam name="TQuery">The form of queries: as written, or as rendered.</typeparam>
/// <param name="Width">Share of the page's width in percent, or null for all of it.</param>
public abstract record WorkbookItem<TQuery>(int? Width)
{
    /// <summary>The items inside.</summary>
    public virtual ImmutableArray<WorkbookItem<TQuery>> Inner => [];

    /// <summary>This item and every one inside it.</summary>
    public IEnumerable<WorkbookItem<TQuery>> WithInner() => Inner.SelectMany(item => item.WithInner()).Prepend(this);

    /// <summary>The same item with every query replaced.</summary>
    public WorkbookItem<TResult> WithQueries<TResult>(Func<TQuery, TResult> map) => WithResults(item => new QueryItem<TResult>(map(item.Query), item.View, item.Width));

    /// <summary>The same item with every result of a query in it replaced.</summary>
    public abstract WorkbookItem<TResult> WithResults<TResult>(Func<QueryItem<TQuery>, QueryItem<TResult>> map);
}

/// <summary>Markdown.</summary>
/// <param name="Text">The text; <c>{Parameter}</c> inserts a value.</param>
/// <param name="Style">The frame around it, or null for none.</param>
/// <param name="Width">Share of the page's width in percent, or null for all of it.</param>
public sealed record TextItem<TQuery>(Spanned<string> Text, TextStyle? Style, int? Width) : WorkbookItem<TQuery>(Width)
{
    /// <inheritdoc/>
    public override WorkbookItem<TResult> WithResults<TResult>(Func<QueryItem<TQuery>, QueryItem<TResult>> map) => new TextItem<TResult>(Text, Style, Width);
}

/// <summary>The result of a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="View">How its result is shown.</param>
/// <param name="Width">Share of the page's width in percent, or null for all of it.</param>
public sealed record QueryItem<TQuery>(TQuery Query, QueryView View, int? Width) : WorkbookItem<TQuery>(Width)
{
    /// <inheritdoc/>
    public override WorkbookItem<TResult> WithResults<TResult>(Func<QueryItem<TQuery>, QueryItem<TResult>> map) => map(this);
}

/// <summary>Items that belong together, under a title.</summary>
/// <param name="Title">The title.</param>
/// <param name="Items">The items.</param>
/// <param name="Width">Share of the page's width in percent, or null for all of it.</param>
public sealed record GroupItem<TQuery>(Spanned<string> Title, ImmutableArray<WorkbookItem<TQuery>> Items, int? Width) : WorkbookItem<TQuery>(Width)
{
    /// <inheritdoc/>
    public override ImmutableArray<WorkbookItem<TQuery>> Inner => Items;

    /// <inheritdoc/>
    public override WorkbookItem<TResult> WithResults<TResult>(Func<QueryItem<TQuery>, QueryItem<TResult>> map) =>
        new GroupItem<TResult>(Title, [.. Items.Select(item => item.WithResults(map))], Width);
}

/// <summary>Tabs, of which one is shown at a time.</summary>
/// <param name="Tabs">The tabs from left to right.</param>
public sealed record TabsItem<TQuery>(ImmutableArray<WorkbookTab<TQuery>> Tabs) : WorkbookItem<TQuery>((int?)null)
{
    /// <inheritdoc/>
    public override ImmutableArray<WorkbookItem<TQuery>> Inner => [.. Tabs.SelectMany(tab => tab.Items)];

    /// <inheritdoc/>
    public override WorkbookItem<TResult> WithResults<TResult>(Func<QueryItem<TQuery>, QueryItem<TResult>> map) =>
        new TabsItem<TResult>([.. Tabs.Select(tab => new WorkbookTab<TResult>(tab.Label, [.. tab.Items.Select(item => item.WithResults(map))]))]);
}

/// <summary>A tab and what it shows.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Items">Its items.</param>
public sealed record WorkbookTab<TQuery>(Spanned<string> Label, ImmutableArray<WorkbookItem<TQuery>> Items);

/// <summary>The frame around a text.</summary>
public enum TextStyle
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>All is well.</summary>
    Success,

    /// <summary>Take care.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Error,
}
