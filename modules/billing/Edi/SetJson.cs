using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>What is said of a set beside its envelope, written while it is read: a claim is written when it ends, and let go.</summary>
internal abstract class SetJson(Utf8JsonWriter json)
{
    protected Utf8JsonWriter Json { get; } = json;

    /// <summary>Null for a set that is not known here.</summary>
    public static SetJson? Of(TransactionSet set, Utf8JsonWriter json) => set.Guide?.Key switch
    {
        "835" => new RemittanceJson(json),
        "837p" => new ClaimJson(json),
        "270" => new EligibilityJson(json, answers: false),
        "271" => new EligibilityJson(json, answers: true),
        "276" => new StatusJson(json, answers: false),
        "277" or "277ca" => new StatusJson(json, answers: true),
        "999" => new AcknowledgmentJson(json),
        _ => null,
    };

    /// <summary>Opens the list that the set is long by.</summary>
    public abstract void Begin();

    public abstract void OnLoop(Loop loop);

    /// <summary>Closes the list, and says what is known at the end alone.</summary>
    public abstract void End(Loop root);

    /// <summary>An object of the open list.</summary>
    protected void Item(Action fields)
    {
        Json.WriteStartObject();
        fields();
        Json.WriteEndObject();
    }

    protected static Segment? Name(Loop? level, string loop) => level?.Child(loop)?.Find("NM1");
}
