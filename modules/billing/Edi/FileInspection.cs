using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>
/// What a file says, as JSON, written while it is read: the memory does not grow with the file. Its fields are a contract, described in the
/// README of this module.
/// </summary>
internal sealed class FileInspection : FileHandler, IDisposable
{
    /// <summary>Problems that are kept, since they come last; all are counted.</summary>
    private const int MostProblems = 10_000;

    private const int Buffered = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter output;
    private readonly ArrayBufferWriter<byte> bytes = new(2 * Buffered);
    private readonly Utf8JsonWriter json;
    private readonly List<Problem> problems = [];
    private int errors;
    private int warnings;
    private Interchange? interchange;
    private FunctionalGroup? group;
    private TransactionSet? open;
    private SetJson? set;

    public FileInspection(string file, TextWriter output)
    {
        this.output = output;
        json = new(bytes, Options);
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteStartArray("interchanges");
    }

    public override void OnInterchange(Interchange interchange)
    {
        base.OnInterchange(interchange);
        Begin(interchange);
    }

    public override void OnGroup(FunctionalGroup group) => Begin(group);

    public override void OnSet(TransactionSet set)
    {
        Begin(set.Group);
        open = set;
        json.WriteStartObject();
        json.WriteString("type", set.Type);
        json.Text("controlNumber", set.ControlNumber);
        json.Text("version", set.St[3].Length > 0 ? set.St[3] : set.Group.Version);
        json.Text("guide", set.Guide?.Key);
        json.Text("name", set.Guide?.Name);
        json.WriteBoolean("is4010", Guides.IsOld(set.Group.Version));
        this.set = SetJson.Of(set, json);
        this.set?.Begin();
    }

    public override void OnLoop(TransactionSet set, Loop loop)
    {
        this.set?.OnLoop(loop);
        if (json.BytesPending + bytes.WrittenCount > Buffered)
        {
            Flush();
        }
    }

    public override void OnSetEnd(TransactionSet set)
    {
        if (open is not null)
        {
            this.set?.End(set.Root!);
            json.WriteEndObject();
            (open, this.set) = (null, null);
        }
    }

    public override void OnProblem(Problem problem)
    {
        _ = problem.Severity == Severity.Error ? errors++ : warnings++;
        if (problems.Count < MostProblems)
        {
            problems.Add(problem);
        }
    }

    public override void End()
    {
        EndInterchange();
        json.WriteEndArray();
        json.WriteBoolean("valid", errors == 0);
        json.WriteNumber("errors", errors);
        json.WriteNumber("warnings", warnings);
        json.List("problems", problems, problem =>
        {
            json.WriteString("severity", problem.Severity == Severity.Error ? "error" : "warning");
            json.WriteString("level", problem.Level.ToString().ToLowerInvariant());
            json.WriteString("code", problem.Code);
            json.WriteNumber("segment", problem.Segment);
            json.Text("segmentId", problem.SegmentId);
            json.WriteNumber("element", problem.Element);
            json.WriteNumber("component", problem.Component);
            json.WriteNumber("offset", problem.Offset);
            json.Text("loop", problem.Loop);
            json.WriteString("sentence", problem.Sentence);
        });
        json.WriteEndObject();
        Flush();
        output.WriteLine();
    }

    public void Dispose() => json.Dispose();

    private void Begin(Interchange next)
    {
        if (next == interchange)
        {
            return;
        }

        EndInterchange();
        interchange = next;
        var isa = next.Isa;
        var isIsa = isa.Id == "ISA";
        string Said(int element) => isIsa ? isa[element].Trim() : "";
        json.WriteStartObject();
        json.Text("controlNumber", Said(13));
        json.Text("senderQualifier", Said(5));
        json.Text("sender", Said(6));
        json.Text("receiverQualifier", Said(7));
        json.Text("receiver", Said(8));
        json.Date("date", Said(9));
        json.Text("time", Said(10));
        json.Text("version", Said(12));
        json.WriteBoolean("test", Said(15) == "T");
        json.WriteStartObject("delimiters");
        json.WriteString("element", Mark(isa.Delimiters.Element));
        json.WriteString("component", Mark(isa.Delimiters.Component));
        json.Text("repetition", Mark(isa.Delimiters.Repetition));
        json.WriteString("segment", Mark(isa.Delimiters.Terminator));
        json.WriteEndObject();
        json.WriteStartArray("groups");
    }

    private void Begin(FunctionalGroup next)
    {
        if (next == group)
        {
            return;
        }

        EndGroup();
        Begin(next.Interchange);
        group = next;
        var gs = next.Gs;
        var isGs = gs.Id == "GS";
        string Said(int element) => isGs ? gs[element] : "";
        json.WriteStartObject();
        json.Text("code", Said(1));
        json.Text("sender", Said(2));
        json.Text("receiver", Said(3));
        json.Date("date", Said(4));
        json.Text("time", Said(5));
        json.Text("controlNumber", Said(6));
        json.Text("version", Said(8));
        json.WriteStartArray("transactions");
    }

    private void EndGroup()
    {
        if (group is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
            group = null;
        }
    }

    private void EndInterchange()
    {
        EndGroup();
        if (interchange is null)
        {
            return;
        }

        json.WriteEndArray();
        json.List("acknowledgments", interchange.Acknowledgments, ta1 =>
        {
            json.Text("controlNumber", ta1[1]);
            json.Date("date", ta1[2]);
            json.Text("time", ta1[3]);
            json.Text("result", ta1[4]);
            json.Text("note", ta1[5]);
        });
        json.WriteEndObject();
        interchange = null;
    }

    private static string Mark(byte value) => value == 0 ? "" : ((char)value).ToString();

    private void Flush()
    {
        json.Flush();
        output.Write(Encoding.UTF8.GetString(bytes.WrittenSpan));
        bytes.Clear();
    }
}
