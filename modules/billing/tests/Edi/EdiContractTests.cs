using System.Text.Json;
using System.Text.RegularExpressions;
using Modular.Tests.Billing.X12;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Edi;

/// <summary>The JSON of <c>edi inspect</c> has the fields that the README of the module tells, each of its kind, and no others.</summary>
public sealed partial class EdiContractTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Told = Read();

    [Fact]
    public async Task Our_own_files_keep_to_the_contract()
    {
        HashSet<string> met = [];
        foreach (var text in X12Samples.Own.Values.Concat(More))
        {
            var run = await EdiRun.InspectTextAsync(text);
            Judge("File", run.Json, "File", met);
        }

        // Every object of the contract was met: the test would not see a field of one that never came.
        Assert.Equal([], Told.Keys.Except(met));
    }

    [Fact]
    public async Task Files_by_others_keep_to_it_too()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(EdiRun.Sample("835-01-ach-claim-and-line-cas.edi"))!, "*.edi"))
        {
            Judge("File", (await EdiRun.InspectAsync(file)).Json, Path.GetFileName(file), []);
        }
    }

    private static void Judge(string kind, JsonElement value, string path, HashSet<string> met)
    {
        met.Add(kind);
        var fields = new Dictionary<string, string>(Told[kind]);
        if (kind == "Transaction" && value.GetProperty("guide").GetString() is { } guide)
        {
            var more = $"Transaction {(guide == "277ca" ? "277" : guide)}";
            met.Add(more);
            foreach (var (name, type) in Told[more])
            {
                fields.Add(name, type);
            }
        }

        Assert.True(fields.Keys.ToHashSet().SetEquals(value.EnumerateObject().Select(p => p.Name)),
            $"{path} has {string.Join(", ", value.EnumerateObject().Select(p => p.Name))}; the README tells {string.Join(", ", fields.Keys)}.");
        foreach (var (name, type) in fields)
        {
            Field(type, value.GetProperty(name), $"{path}.{name}", met);
        }
    }

    private static void Field(string type, JsonElement value, string path, HashSet<string> met)
    {
        if (type.StartsWith("list of ", StringComparison.Ordinal))
        {
            Assert.True(value.ValueKind == JsonValueKind.Array, path);
            foreach (var item in value.EnumerateArray())
            {
                Assert.NotEqual(JsonValueKind.Null, item.ValueKind);
                Field(type["list of ".Length..], item, path, met);
            }

            return;
        }

        var isRight = (type, value.ValueKind) switch
        {
            ("text" or "date", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("yes or no", JsonValueKind.True or JsonValueKind.False) => true,
            ("yes or no", _) => false,
            (_, JsonValueKind.Null) => true,
            (_, JsonValueKind.Object) => type is not ("text" or "date" or "number"),
            _ => false,
        };
        Assert.True(isRight, $"{path} is {value.GetRawText()}; the README says {type}.");
        if (value.ValueKind == JsonValueKind.Object)
        {
            Judge(type, value, path, met);
        }
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        Dictionary<string, Dictionary<string, string>> told = [];
        var name = "";
        foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "modules", "billing", "README.md"))))
        {
            name = row.Groups["object"].Value is { Length: > 0 } next ? next : name;
            if (!told.TryGetValue(name, out var fields))
            {
                told[name] = fields = [];
            }

            fields.Add(row.Groups["field"].Value, row.Groups["type"].Value);
        }

        return told;
    }

    [GeneratedRegex(@"^\| (?<object>[A-Z]\w*(?: \w+)?)? ?\| `(?<field>\w+)` \| (?<type>[^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static string Set(string functional, string version, string body) =>
        $"ISA*00*          *00*          *ZZ*PAYER          *ZZ*TESTGROUP      *260102*0304*^*00501*000000009*0*T*:~GS*{functional}*PAYER*TESTGROUP*20260102*0304*9*X*{version}~"
        + $"{body.ReplaceLineEndings("").Replace("SE~", $"SE*{body.Split('~').Length - 1}*0001~", StringComparison.Ordinal)}GE*1*9~IEA*1*000000009~";

    /// <summary>What the other samples of ours do not have.</summary>
    private static readonly string[] More =
    [
        Set("HS", "005010X279A1", "ST*270*0001*005010X279A1~BHT*0022*13*1*20260102*0304~HL*1**20*1~NM1*PR*2*TEST PAYER*****PI*P1~HL*2*1*21*1~"
            + "NM1*1P*2*TEST GROUP*****XX*1234567893~HL*3*2*22*0~TRN*1*T1*9123456789~NM1*IL*1*PATIENT*TEST****MI*M1~REF*6P*G1~DTP*291*D8*20260102~EQ*30~SE~"),
        Set("HB", "005010X279A1", "ST*271*0001*005010X279A1~BHT*0022*11*1*20260102*0304~HL*1**20*1~NM1*PR*2*TEST PAYER*****PI*P1~HL*2*1*21*1~"
            + "NM1*1P*2*TEST GROUP*****XX*1234567893~HL*3*2*22*0~TRN*2*T1*9123456789~NM1*IL*1*PATIENT*TEST****MI*M1~AAA*N**75*C~EB*1~MSG*CALL US~SE~"),
        Set("HR", "005010X212", "ST*276*0001*005010X212~BHT*0010*13*1*20260102*0304~HL*1**20*1~NM1*PR*2*TEST PAYER*****PI*P1~HL*2*1*21*1~NM1*41*2*TEST GROUP*****46*S1~"
            + "HL*3*2*19*1~NM1*1P*2*TEST GROUP*****XX*1234567893~HL*4*3*22*0~DMG*D8*19800229*F~NM1*IL*1*PATIENT*TEST****MI*M1~TRN*1*C1~REF*EJ*C1~AMT*T3*150~DTP*472*D8*20260101~"
            + "SVC*HC:99213*150****1~REF*FJ*L1~DTP*472*D8*20260101~SE~"),
        Set("HN", "005010X214", "ST*277*0001*005010X214~BHT*0085*08*1*20260102*0304*TH~HL*1**20*1~NM1*PR*2*TEST PAYER*****PI*P1~TRN*1*1~DTP*050*D8*20260102~DTP*009*D8*20260102~"
            + "HL*2*1*21*1~NM1*41*2*TEST GROUP*****46*S1~TRN*2*B1~STC*A1:20*20260102*WQ*150~QTY*90*1~AMT*YU*150~HL*3*2*19*1~NM1*85*2*TEST GROUP*****XX*1234567893~HL*4*3*PT~"
            + "NM1*QC*1*PATIENT*TEST****MI*M1~TRN*2*C1~STC*A2:20*20260102*WQ*150~REF*1K*N1~DTP*472*D8*20260101~SVC*HC:99213*150*****1~STC*A2:20~DTP*472*D8*20260101~SE~"),
        Set("FA", "005010X231A1", "ST*999*0001*005010X231A1~AK1*HC*43*005010X222A1~AK2*837*0001*005010X222A1~IK3*NM1*9*2010AA*8~CTX*CLM01:C1~IK4*9*67*7*123~IK5*R*5~AK9*R*1*1*0~SE~"),
        X12Samples.Professional.ReplaceLineEndings("").Replace("LX*2~", "LIN**N4*00003029305~CTP****4*ML~LX*2~", StringComparison.Ordinal)
            .Replace("LX*1~", "NTE*ADD*WORDS~LX*1~", StringComparison.Ordinal),
    ];
}
