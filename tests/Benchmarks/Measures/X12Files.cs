using System.Diagnostics;
using System.Globalization;
using Modular.Billing.X12;

namespace Modular.Benchmarks.Measures;

/// <summary>Reading and judging an 835, writing an 837P, beside taking the same bytes through memory without looking at them.</summary>
public static class X12Files
{
    private const double Budget = 20;

    public static Task<IReadOnlyList<Row>> MeasureAsync(Options options)
    {
        var claims = options.Small ? 2_000 : 100_000;
        var remittance = Written(writer => Remittance(writer, claims));
        List<double> read = [], judged = [], readFloor = [], write = [], writeFloor = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            readFloor.Add(Rate(remittance.Length, () => Pass(remittance)));
            read.Add(Rate(remittance.Length, () => Segments(remittance)));
            judged.Add(Rate(remittance.Length, () => InterchangeReader.Read(new MemoryStream(remittance), new Counting())));
            var written = Array.Empty<byte>();
            var seconds = Seconds(() => written = Written(writer => Professional(writer, claims)));
            write.Add(written.Length / 1e6 / seconds);
            writeFloor.Add(Rate(written.Length, () => Pass(written)));
        }

        return Task.FromResult<IReadOnlyList<Row>>(
        [
            Line("835 taken apart into segments", read, readFloor),
            Line("835 read and judged, all levels", judged, readFloor),
            Line("837P written", write, writeFloor),
        ]);
    }

    private static Row Line(string what, List<double> ours, List<double> ceiling) => new(what, Mb(ours.Median()), Mb(ceiling.Median()),
        ours.RatioTo(ceiling).ToString("0.0000", CultureInfo.InvariantCulture), $"≥ {Budget:0} MB/s", ours.Median() >= Budget);

    private static string Mb(double rate) => rate.ToString("#,0.0", CultureInfo.InvariantCulture) + " MB/s";

    private static double Rate(int bytes, Action act) => bytes / 1e6 / Seconds(act);

    /// <summary>Of the processor, which is what reading takes: on a machine that others use too, the clock on the wall measures them.</summary>
    private static double Seconds(Action act)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        act();
        process.Refresh();
        return Math.Max((process.TotalProcessorTime - before).TotalSeconds, 0.001);
    }

    private static void Pass(byte[] bytes)
    {
        var stream = new MemoryStream(bytes);
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) > 0)
        {
        }
    }

    private static void Segments(byte[] bytes)
    {
        var reader = new SegmentReader(new MemoryStream(bytes));
        while (reader.Read() is not null)
        {
        }
    }

    private static byte[] Written(Action<InterchangeWriter> sets)
    {
        using var stream = new MemoryStream();
        var writer = new InterchangeWriter(stream);
        writer.BeginInterchange(new("ZZ", "TEST", "ZZ", "PAYER", 1, new DateTime(2026, 1, 2, 3, 4, 0), IsTest: true));
        sets(writer);
        writer.EndInterchange();
        return stream.ToArray();
    }

    private static void Remittance(InterchangeWriter writer, int claims)
    {
        writer.BeginGroup("HP", "PAYER", "TEST", 1, new DateTime(2026, 1, 2, 3, 4, 0), "005010X221A1");
        writer.BeginSet("835", 1);
        writer.Segment("BPR", "I", (claims * 120).ToString(CultureInfo.InvariantCulture), "C", "ACH", "CCP", "01", "999999992", "DA", "1",
            "1512345678", "", "01", "999988880", "DA", "2", "20260102");
        writer.Segment("TRN", "1", "T1", "1512345678");
        writer.Segment("N1", "PR", "TEST PAYER");
        writer.Segment("N3", "1 TEST STREET");
        writer.Segment("N4", "TESTVILLE", "OH", "43215");
        writer.Segment("PER", "BL", "TEST DESK", "TE", "5555550100");
        writer.Segment("N1", "PE", "TEST GROUP", "XX", "1234567893");
        writer.Segment("LX", "1");
        for (var i = 0; i < claims; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            writer.Segment("CLP", id, "1", "150", "120", "20", "12", "N" + id, "11", "1");
            writer.Segment("NM1", "QC", "1", "PATIENT", "TEST", "", "", "", "MI", "M1234567");
            writer.Segment("DTM", "232", "20260101");
            writer.Segment("SVC", ElementText.Composite("HC", "99213"), "100", "70", "", "1");
            writer.Segment("DTM", "472", "20260101");
            writer.Segment("CAS", "CO", "45", "10");
            writer.Segment("CAS", "PR", "1", "15", "", "2", "5");
            writer.Segment("REF", "6R", id);
            writer.Segment("AMT", "B6", "90");
            writer.Segment("SVC", ElementText.Composite("HC", "87070"), "50", "50", "", "1");
            writer.Segment("DTM", "472", "20260101");
        }

        writer.EndSet();
        writer.EndGroup();
    }

    /// <summary>Sets of 5,000 claims at most (005010X222A1 section 1.3.2).</summary>
    private static void Professional(InterchangeWriter writer, int claims)
    {
        writer.BeginGroup("HC", "TEST", "PAYER", 1, new DateTime(2026, 1, 2, 3, 4, 0), "005010X222A1");
        for (var set = 1; claims > 0; set++, claims -= 5_000)
        {
            writer.BeginSet("837", set);
            writer.Segment("BHT", "0019", "00", "1", "20260102", "0304", "CH");
            writer.Segment("NM1", "41", "2", "TEST GROUP", "", "", "", "", "46", "SENDER");
            writer.Segment("PER", "IC", "TEST DESK", "TE", "5555550100");
            writer.Segment("NM1", "40", "2", "TEST PAYER", "", "", "", "", "46", "RECEIVER");
            writer.Segment("HL", "1", "", "20", "1");
            writer.Segment("NM1", "85", "2", "TEST GROUP", "", "", "", "", "XX", "1234567893");
            writer.Segment("N3", "1 TEST STREET");
            writer.Segment("N4", "TESTVILLE", "OH", "432150001");
            writer.Segment("REF", "EI", "123456789");
            for (var i = 0; i < Math.Min(claims, 5_000); i++)
            {
                Claim(writer, i);
            }

            writer.EndSet();
        }

        writer.EndGroup();
    }

    private static void Claim(InterchangeWriter writer, int number)
    {
        writer.Segment("HL", (number + 2).ToString(CultureInfo.InvariantCulture), "1", "22", "0");
        writer.Segment("SBR", "P", "18", "", "", "", "", "", "", "CI");
        writer.Segment("NM1", "IL", "1", "PATIENT", "TEST", "", "", "", "MI", "M1234567");
        writer.Segment("N3", "2 TEST STREET");
        writer.Segment("N4", "TESTVILLE", "OH", "43215");
        writer.Segment("DMG", "D8", "19800229", "F");
        writer.Segment("NM1", "PR", "2", "TEST PAYER", "", "", "", "", "PI", "P1");
        writer.Segment("CLM", number.ToString(CultureInfo.InvariantCulture), "150", "", "", ElementText.Composite("11", "B", "1"),
            "Y", "A", "Y", "Y");
        writer.Segment("HI", ElementText.Composite("ABK", "J069"), ElementText.Composite("ABF", "R05"));
        writer.Segment("LX", "1");
        writer.Segment("SV1", ElementText.Composite("HC", "99213", "25"), "100", "UN", "1", "", "", ElementText.Composite("1", "2"));
        writer.Segment("DTP", "472", "D8", "20260101");
        writer.Segment("LX", "2");
        writer.Segment("SV1", ElementText.Composite("HC", "87070"), "50", "UN", "1", "", "", ElementText.Composite("1"));
        writer.Segment("DTP", "472", "D8", "20260101");
    }

    private sealed class Counting : X12Handler
    {
        public int Problems { get; private set; }

        public override void OnProblem(Problem problem) => Problems++;
    }
}
