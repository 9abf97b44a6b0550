using Modular.Host.Webhooks;

namespace Modular.Host.Bus;

/// <summary>What Wolverine delivered for one queue of one practice while the queue was at work already. Guarded by its lane's lock.</summary>
/// <param name="most">Batches at once.</param>
/// <param name="takesList">The handler takes the rows of a batch together.</param>
public sealed class LaneQueue(bool external, int most, bool takesList)
{
    private readonly Queue<InboxRow> live = new();
    private readonly Queue<InboxRow> bulk = new();

    /// <summary>
    /// One batch at a time, so that two batches of one handler never wait for each other's rows; calls to the outside wait for others, not for
    /// rows, and may overlap. Webhooks go to many addresses, and each has no more places than another handler's calls (<see cref="WebhookLanes"/>).
    /// </summary>
    public static LaneQueue For(string name, Handler? handler)
    {
        var most = handler is not { External: true } ? 1 : name == WebhookDue.Queue ? 4 * WebhookLanes.AtOnce : 4;
        return new(handler?.External ?? false, most, handler is { TakesList: true, Sequential: false });
    }

    public bool External => external;

    /// <summary>Batches running now.</summary>
    public int Busy { get; set; }

    public bool MayStart => Busy < most;

    public void Add(InboxRow row) => (row.Bulk ? bulk : live).Enqueue(row);

    /// <summary>The next to be delivered again, live ones first.</summary>
    public InboxRow? Next(bool mayBulk)
    {
        if (!live.TryDequeue(out var row) && !(mayBulk && bulk.TryDequeue(out row)))
        {
            return null;
        }

        row.TakeUp();
        return row;
    }

    /// <summary>What goes along with a delivered row.</summary>
    public List<InboxRow> Take(InboxRow first, BusOptions options)
    {
        var from = first.Bulk ? bulk : live;
        var rows = takesList ? options.ListRows : options.BatchRows;
        var taken = new List<InboxRow> { first };
        while (!external && !first.Alone && taken.Count < rows && from.TryPeek(out var next) && !next.Alone)
        {
            taken.Add(from.Dequeue());
        }

        taken.ForEach(row => row.TakeUp());

        return taken;
    }
}
