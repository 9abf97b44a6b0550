namespace Modular.Billing.X12;

/// <summary>Told what an <see cref="InterchangeReader"/> meets, in the order of the file. Override what is of interest.</summary>
public abstract class X12Handler
{
    /// <summary>
    /// True keeps the loops of a set until its end, for files of ordinary size. False lets each claim or patient go after
    /// <see cref="OnLoop"/>: the memory does not grow with the file.
    /// </summary>
    public virtual bool KeepsAll => false;

    /// <summary>Every piece of the file, what is no segment too: their bytes are the file.</summary>
    public virtual void OnPiece(Segment piece)
    {
    }

    public virtual void OnInterchange(Interchange interchange)
    {
    }

    public virtual void OnGroup(FunctionalGroup group)
    {
    }

    public virtual void OnSet(TransactionSet set)
    {
    }

    /// <summary>A loop has ended: everything in it is there, and the loops around it as far as they have been read.</summary>
    public virtual void OnLoop(TransactionSet set, Loop loop)
    {
    }

    public virtual void OnSetEnd(TransactionSet set)
    {
    }

    public virtual void OnProblem(Problem problem)
    {
    }
}
