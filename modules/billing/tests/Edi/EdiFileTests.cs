using System.Text;
using Modular.Billing.Edi;
using Modular.Tests.Billing.X12;

namespace Modular.Tests.Billing.Edi;

/// <summary>Whatever the bytes are, the verbs answer in sentences and exit codes.</summary>
public sealed class EdiFileTests
{
    private static readonly string Two = X12Samples.Remittance + X12Samples.Eligibility;

    [Fact]
    public async Task A_clean_file_says_what_it_is()
    {
        var run = await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, X12Samples.Bytes(X12Samples.Remittance));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("standard input: 1 set of 835 005010X221A1, Health Care Claim Payment/Advice\nstandard input: 1 interchange, 1 group, 1 set; 0 errors, 0 warnings\n", run.Output);
    }

    [Fact]
    public async Task Each_problem_is_a_line_with_segment_place_and_sentence()
    {
        var text = X12Samples.Remittance.Replace("BPR*I*118.5", "BPR*I*118.49", StringComparison.Ordinal).Replace("SE*23", "SE*24", StringComparison.Ordinal);
        var run = await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, X12Samples.Bytes(text));

        Assert.Equal(1, run.Code);
        Assert.Contains($"error segment 4 BPR02 at byte {text.IndexOf("BPR", StringComparison.Ordinal)}, loop 835: The check does not balance", run.Output, StringComparison.Ordinal);
        Assert.Contains("the difference is -0.01. [835-check-balance]\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("SE01 says 24, but there are 23 segments from ST to SE. [SE01-count]\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 errors, 0 warnings\n", run.Output, StringComparison.Ordinal);

        var payment = (await EdiRun.InspectTextAsync(text)).Transaction.GetProperty("payment");
        Assert.False(payment.GetProperty("balanced").GetBoolean());
        Assert.Equal(-0.01m, payment.GetProperty("difference").GetDecimal());
    }

    [Fact]
    public async Task Several_interchanges_are_read_each_by_its_own_delimiters()
    {
        var second = X12Samples.Eligibility.ReplaceLineEndings("").Replace('*', '|').Replace(':', '>').Replace('^', '!').Replace('~', '\n');
        var run = await EdiRun.InspectTextAsync(X12Samples.Remittance + "\r\n" + second);
        var interchanges = run.Json.GetProperty("interchanges").EnumerateArray().ToList();

        Assert.Equal([("000000002", "*", "~"), ("000000003", "|", "\n")], interchanges.Select(i => (i.GetProperty("controlNumber").GetString(),
            i.GetProperty("delimiters").GetProperty("element").GetString(), i.GetProperty("delimiters").GetProperty("segment").GetString())));
        Assert.Equal("000000001", interchanges[1].GetProperty("acknowledgments")[0].GetProperty("controlNumber").GetString());
        Assert.Equal(["30", "98"], interchanges[1].GetProperty("groups")[0].GetProperty("transactions")[0].GetProperty("patients")[0].GetProperty("benefits")[0]
            .GetProperty("serviceTypes").EnumerateArray().Select(t => t.GetString()));
        Assert.True(run.Json.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Version_4010_is_told_in_words_and_read()
    {
        var old = X12Samples.Remittance.Replace("*^*00501*", "*U*00401*", StringComparison.Ordinal).Replace("005010X221A1", "004010X091A1", StringComparison.Ordinal);
        var run = await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, X12Samples.Bytes(old));

        Assert.Equal(0, run.Code);
        Assert.Contains("version 4010, which 5010 replaced in 2012: only its sums are judged", run.Output, StringComparison.Ordinal);
        var set = (await EdiRun.InspectTextAsync(old)).Transaction;
        Assert.True(set.GetProperty("is4010").GetBoolean());
        Assert.Equal(118.5m, set.GetProperty("payment").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task A_set_that_is_not_known_is_said_to_be_unknown()
    {
        var text = X12Samples.Professional.Replace("005010X222A1", "005010X223A2", StringComparison.Ordinal);
        var set = (await EdiRun.InspectTextAsync(text)).Transaction;

        Assert.Equal(("837", "005010X223A2", System.Text.Json.JsonValueKind.Null), (set.GetProperty("type").GetString(), set.GetProperty("version").GetString(), set.GetProperty("guide").ValueKind));
        Assert.Contains("not known here: only its envelope is judged", (await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, X12Samples.Bytes(text))).Output, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> NoX12 => new()
    {
        { [], "is empty." },
        { Encoding.ASCII.GetBytes("PK\u0003\u0004 nothing of ours"), "nothing in it begins an interchange" },
        { [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 31 % 251))], "nothing in it begins an interchange" },
        { Encoding.Unicode.GetBytes(X12Samples.Remittance), "nothing in it begins an interchange" },
        { X12Samples.Bytes(X12Samples.Remittance[..80]), "has an ISA whose 106 characters are cut off or broken" },
    };

    [Theory]
    [MemberData(nameof(NoX12), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_x12_is_one_sentence_and_two(byte[] bytes, string why)
    {
        foreach (var run in new[] { await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, bytes), await EdiRun.PipeAsync(EdiVerbs.InspectAsync, bytes, "--json") })
        {
            Assert.Equal((2, ""), (run.Code, run.Output));
            Assert.Contains(why, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_a_folder_and_what_was_mistyped_are_sentences()
    {
        var folder = Directory.CreateTempSubdirectory("modular-edi-").FullName;
        foreach (var (run, sentence) in new[]
        {
            (await EdiRun.ValidateAsync(Path.Combine(folder, "none.835")), "There is no file "),
            (await EdiRun.InspectAsync(folder), "is a folder; name a file in it."),
            (await EdiRun.ValidateAsync(), "Name one file: edi validate FILE"),
            (await EdiRun.ValidateAsync("a", "b"), "Name one file: edi validate FILE"),
            (await EdiRun.ValidateAsync("--quick"), "Name one file: edi validate FILE"),
            (await EdiRun.RunAsync(EdiVerbs.InspectAsync, "a"), "edi inspect FILE --json"),
        })
        {
            Assert.Equal((2, ""), (run.Code, run.Output));
            Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        }

        Directory.Delete(folder);
    }

    /// <summary>The JSON of a file that is cut anywhere is whole, and the verb says that it is cut.</summary>
    [Fact]
    public async Task A_file_may_be_cut_anywhere()
    {
        for (var length = 107; length < Two.Length; length += 13)
        {
            var run = await EdiRun.InspectTextAsync(Two[..length]);
            Assert.Equal(0, run.Code);
            Assert.NotEqual(0, run.Json.GetProperty("interchanges").GetArrayLength());
            Assert.InRange((await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, X12Samples.Bytes(Two[..length]))).Code, 0, 1);
        }
    }

    [Fact]
    public async Task A_file_does_not_speak_to_the_terminal()
    {
        var text = X12Samples.Remittance.Replace("ST*835*", "ST*835\u001b[31m*", StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', (await EdiRun.PipeAsync(EdiVerbs.ValidateAsync, X12Samples.Bytes(text))).Output);
    }
}
