using System.CommandLine;
using Modular.Host.Audit;

namespace Modular.Host.Cli;

public static class AuditCommand
{
    public static Command Create()
    {
        var slug = new Argument<string>("practice") { Description = "Short name of the practice" };
        var verify = new Command("verify", "Walk the chain of the access and change log and name every entry that was changed, removed or put in.") { slug };
        verify.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var report = await session.Services.GetRequiredService<AuditVerifier>().VerifyAsync(practice, ct);
            foreach (var fault in report.Faults)
            {
                Console.WriteLine(fault.Sentence);
            }

            Console.WriteLine($"{practice.Row.Slug}: {report.Entries:N0} sealed entries, {(report.Intact ? "intact" : $"{report.Faults.Count} faults")}; "
                + $"{report.Heads} heads outside the database compared; {report.Unsealed:N0} not sealed yet{(report.OldestUnsealed is { } oldest ? $" (oldest {oldest:u})" : "")}");
            return report.Intact ? 0 : 1;
        });
        var audit = new Command("audit", "Check the audit log.") { verify };
        audit.AddConnection();
        return audit;
    }
}
