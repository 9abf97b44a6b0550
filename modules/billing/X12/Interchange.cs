namespace Modular.Billing.X12;

/// <summary>One ISA … IEA (005010 appendix C.1.1).</summary>
public sealed class Interchange(Segment isa)
{
    private readonly List<FunctionalGroup> groups = [];
    private readonly List<Segment> acknowledgments = [];

    public Segment Isa { get; } = isa;

    /// <summary>ISA13.</summary>
    public string ControlNumber => Isa[13].Trim();

    /// <summary>ISA12.</summary>
    public string Version => Isa[12];

    /// <summary>TA1 segments: what a receiver says of an interchange that it got (appendix C.1.3).</summary>
    public IReadOnlyList<Segment> Acknowledgments => acknowledgments;

    /// <summary>Filled only where the whole file is kept.</summary>
    public IReadOnlyList<FunctionalGroup> Groups => groups;

    internal int GroupCount { get; set; }

    internal void Add(FunctionalGroup group) => groups.Add(group);

    internal void Add(Segment acknowledgment)
    {
        if (acknowledgments.Count < 1_000)
        {
            acknowledgments.Add(acknowledgment);
        }
    }
}
