using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>What is said of a work queue whatever its rows: <see cref="WorkQueue{T}"/>.</summary>
/// <param name="name"><c>module.kind</c>; its tasks have this kind. It is never renamed.</param>
/// <param name="noun">What people call one row: <c>message</c>.</param>
/// <param name="path">The page of its list.</param>
/// <param name="permission">Who works on it: they see it, take rows and give them to each other.</param>
#pragma warning disable CA1711 // "Work queue" is what every office calls it; nobody takes it for a collection.
public abstract class WorkQueue(string name, string noun, string path, string permission)
#pragma warning restore CA1711
{
    private const string Marker = "queue";

    public string Name { get; } = name;

    public string Noun { get; } = noun;

    public string Path { get; } = path;

    public string Permission { get; } = permission;

    /// <summary>The live topic that is told, with the id of the location, when rows get another owner; null when no page follows.</summary>
    public string? Topic { get; init; }

    /// <summary>The entity whose rows are worked on.</summary>
    public abstract Type Row { get; }

    /// <summary>The part of the name after the module.</summary>
    public string Kind => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// <c>?queue=on</c> while somebody works through the queue, else nothing: a form of the row's page puts it behind its address, so that
    /// the next row opens by itself when this one is done.
    /// </summary>
    /// <example><c>action="/lab/samples/@s.Id@(WorkQueue.Through(Context.Request))"</c></example>
    public static string Through(HttpRequest request) => IsThrough(request) ? $"?{Marker}=on" : "";

    /// <summary>Gives rows to somebody, or back to the team.</summary>
    /// <param name="owner">Null gives them back.</param>
    /// <param name="take">Rows that somebody else has stay theirs.</param>
    public abstract Task<QueueOutcome> AssignAsync(
        ModuleDb db, QueueAsk ask, IReadOnlyCollection<Guid> ids, WorkOwner? owner, bool take, CancellationToken ct);

    /// <summary>
    /// The page of the next row to work on, which is the person's now: urgent ones first, then by priority and due time; their own and nobody's,
    /// of their team and at the chosen place. Two people who ask at once get two rows.
    /// </summary>
    /// <param name="after">The row they come from, done or not: the next is the one behind it.</param>
    /// <returns>Null when nothing is left for them.</returns>
    public abstract Task<string?> TakeNextAsync(ModuleDb db, QueueAsk ask, Guid? after, CancellationToken ct);

    internal static bool IsThrough(HttpRequest request) => request.Query[Marker] == "on";

    internal static string Marked(string link) => $"{link}{(link.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Marker}=on";

    internal string Address(string act) => $"/queues/{Name}/{act}";

    internal abstract QueueRow Read(object row, ListAsk ask);

    internal abstract TaskEntry? Task(object row);
}

/// <summary>A row of a queue as its page shows it.</summary>
internal sealed record QueueRow(Guid Id, Guid? OwnerId, string? Owner, string Why, string Link, bool Open);
