namespace Modular.Host.Bus;

/// <summary>What waits in memory for one queue of one practice. Guarded by its lane's lock.</summary>
public sealed class LaneQueue(string name, bool external, bool sequential, bool takesList)
{
    private readonly Queue<InboxRow> live = new();
    private readonly Queue<InboxRow> bulk = new();

    public string Name { get; } = name;

    public bool External { get; } = external;

    public bool Sequential { get; } = sequential;

    /// <summary>The handler takes the rows of a batch together.</summary>
    public bool TakesList { get; } = takesList;

    /// <summary>Batches running now.</summary>
    public int Busy { get; set; }

    /// <summary>
    /// One batch at a time, so that two batches of one handler never wait for each other's rows;
    /// calls to the outside wait for others, not for rows, and may overlap.
    /// </summary>
    public bool MayStart => Busy < (External ? 4 : 1);

    public bool Has(bool ofBulk) => (ofBulk ? bulk : live).Count > 0;

    public void Add(InboxRow row) => (row.Bulk ? bulk : live).Enqueue(row);

    public List<InboxRow> Take(bool ofBulk, int rows)
    {
        var from = ofBulk ? bulk : live;
        var taken = new List<InboxRow> { from.Dequeue() };
        while (!External && !taken[0].Alone && taken.Count < rows && from.TryPeek(out var next) && !next.Alone)
        {
            taken.Add(from.Dequeue());
        }

        return taken;
    }
}
