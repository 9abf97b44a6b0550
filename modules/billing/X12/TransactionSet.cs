namespace Modular.Billing.X12;

/// <summary>One ST … SE.</summary>
public sealed class TransactionSet(Segment st, FunctionalGroup group, Guide? guide)
{
    public Segment St { get; } = st;

    public FunctionalGroup Group { get; } = group;

    /// <summary>Null where its type and version are not known here: then only its envelope is judged.</summary>
    public Guide? Guide { get; } = guide;

    /// <summary>ST01.</summary>
    public string Type => St[1];

    /// <summary>ST02.</summary>
    public string ControlNumber => St[2];

    /// <summary>ST to SE, null without a guide. Its large parts are gone where the file is not kept.</summary>
    public Loop? Root { get; internal set; }

    internal long Count { get; set; }
}
