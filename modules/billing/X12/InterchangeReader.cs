namespace Modular.Billing.X12;

/// <summary>
/// Reads a file of interchanges and judges it: envelopes, segments, loops, rules, sums. Every problem goes to the handler; whatever the bytes
/// are, nothing but the stream throws.
/// </summary>
public sealed class InterchangeReader(Stream stream, X12Handler handler)
{
    private readonly SegmentReader segments = new(stream);
    private EnvelopeChecks? envelope;
    private SetReader? set;
    private Segment? last;

    /// <summary>Reads all of it.</summary>
    public static void Read(Stream stream, X12Handler handler)
    {
        var reader = new InterchangeReader(stream, handler);
        while (reader.Read())
        {
        }
    }

    /// <inheritdoc cref="Read(Stream, X12Handler)"/>
    public static async Task ReadAsync(Stream stream, X12Handler handler, CancellationToken cancellation = default)
    {
        var reader = new InterchangeReader(stream, handler);
        while (reader.Take(await reader.segments.ReadAsync(cancellation)))
        {
        }
    }

    /// <summary>Reads one piece more; false at the end of the stream, when all that was open has been judged.</summary>
    public bool Read() => Take(segments.Read());

    private EnvelopeChecks Envelope => envelope ??= new(handler);

    private bool Take(Segment? piece)
    {
        if (piece is null)
        {
            End();
            return false;
        }

        handler.OnPiece(piece);
        if (piece.Kind == PieceKind.Segment)
        {
            last = piece;
            TakeSegment(piece);
        }
        else
        {
            Envelope.Judge(piece);
        }

        return true;
    }

    private void TakeSegment(Segment segment)
    {
        if (!segment.Terminated)
        {
            handler.OnProblem(Problem.At(segment, ProblemLevel.Envelope, "cut-off",
                $"The file ends in the middle of {Named(segment)}, before its terminator.", loop: ""));
        }

        switch (segment.Id)
        {
            case "ISA":
                CloseSet(null);
                Envelope.Begin(segment);
                break;
            case "GS":
                CloseSet(null);
                Envelope.BeginGroup(segment);
                break;
            case "ST":
                CloseSet(null);
                set = new SetReader(Envelope.BeginSet(segment), handler);
                set.Accept(segment);
                break;
            case "SE" when set is not null:
                set.Accept(segment);
                CloseSet(segment);
                break;
            case "GE":
                CloseSet(null);
                Envelope.EndGroup(segment);
                break;
            case "IEA":
                CloseSet(null);
                Envelope.End(segment);
                break;
            case "TA1" when set is null:
                Envelope.Acknowledge(segment);
                break;
            default:
                if (set is null)
                {
                    Envelope.Stray(segment);
                }
                else
                {
                    set.Accept(segment);
                }

                break;
        }
    }

    private void CloseSet(Segment? se)
    {
        if (set is not null)
        {
            Envelope.EndSet(set.Set, se, last!);
            set.Close();
            set = null;
        }
    }

    private void End()
    {
        if (last is null)
        {
            handler.OnProblem(new(ProblemLevel.Envelope, Severity.Error, "not-x12",
                "This is no X12 file: nothing in it begins an interchange (ISA).", 0, 0, ""));
            return;
        }

        CloseSet(null);
        Envelope.EndOfFile(last);
    }

    private static string Named(Segment segment) => segment.Id.Length is 2 or 3 ? segment.Id : "a segment";
}
