namespace Modular.Billing.X12;

/// <summary>A file of ordinary size as a whole: every interchange with its tree, every problem. Long files are read with a handler.</summary>
public sealed class X12Document : X12Handler
{
    private readonly List<Interchange> interchanges = [];
    private readonly List<Problem> problems = [];
    private readonly List<Segment> pieces = [];

    private X12Document()
    {
    }

    /// <inheritdoc/>
    public override bool KeepsAll => true;

    public IReadOnlyList<Interchange> Interchanges => interchanges;

    public IEnumerable<TransactionSet> Sets => interchanges.SelectMany(i => i.Groups).SelectMany(group => group.Sets);

    public IReadOnlyList<Problem> Problems => problems;

    public IEnumerable<Problem> Errors => problems.Where(problem => problem.Severity == Severity.Error);

    /// <summary>Every segment and what is between them; their bytes are the file.</summary>
    public IReadOnlyList<Segment> Pieces => pieces;

    public static X12Document Read(Stream stream)
    {
        var document = new X12Document();
        InterchangeReader.Read(stream, document);
        return document;
    }

    public static X12Document Read(byte[] bytes) => Read(new MemoryStream(bytes, writable: false));

    /// <inheritdoc/>
    public override void OnPiece(Segment piece) => pieces.Add(piece);

    /// <inheritdoc/>
    public override void OnInterchange(Interchange interchange) => interchanges.Add(interchange);

    /// <inheritdoc/>
    public override void OnProblem(Problem problem) => problems.Add(problem);
}
