using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>Reads a file for one of the verbs, and knows whether it was X12 at all.</summary>
internal abstract class FileHandler : X12Handler
{
    private bool hasBytes;
    private bool hasIsa;

    protected bool HasInterchange { get; private set; }

    /// <summary>Why it is no X12 file, said after its name; null where it is one.</summary>
    public string? NotX12 => HasInterchange ? null
        : !hasBytes ? "is empty."
        : hasIsa ? "is no X12 file that can be read: it has an ISA whose 106 characters are cut off or broken, so its delimiters cannot be known."
        : "is no X12 file: nothing in it begins an interchange (ISA).";

    /// <summary>What is left to say at the end of an X12 file.</summary>
    public abstract void End();

    public sealed override void OnPiece(Segment piece)
    {
        hasBytes = true;
        hasIsa |= !HasInterchange && piece.Content.StartsWith("ISA"u8);
    }

    public override void OnInterchange(Interchange interchange) => HasInterchange = true;
}
