using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: verb
/// <summary>For who makes the address book: is every NPI in it one?</summary>
public static class ReferralVerbs
{
    public static async Task<int> CheckAsync(VerbCall call, CancellationToken ct)
    {
        if (call.Arguments is not [var file] || !File.Exists(file))
        {
            await call.Error.WriteLineAsync("Name a file with one NPI a line: referrals check FILE");
            return 2;
        }

        var wrong = 0;
        await foreach (var npi in File.ReadLinesAsync(file, ct))
        {
            if (npi.Length != 10 || !npi.All(char.IsAsciiDigit))
            {
                wrong++;
                await call.Output.WriteLineAsync($"{npi} is no NPI.");
            }
        }

        return wrong == 0 ? 0 : 1;
    }
}
// end
