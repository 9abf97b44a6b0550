namespace Modular.Billing.X12;

/// <summary>One GS … GE (appendix C.1.2).</summary>
public sealed class FunctionalGroup(Segment gs, Interchange interchange)
{
    private readonly List<TransactionSet> sets = [];

    public Segment Gs { get; } = gs;

    public Interchange Interchange { get; } = interchange;

    /// <summary>GS06.</summary>
    public string ControlNumber => Gs[6];

    /// <summary>GS08: "005010X222A1".</summary>
    public string Version => Gs[8];

    /// <summary>Filled only where the whole file is kept.</summary>
    public IReadOnlyList<TransactionSet> Sets => sets;

    internal int SetCount { get; set; }

    internal HashSet<string> SetNumbers { get; } = [];

    internal void Add(TransactionSet set) => sets.Add(set);
}
