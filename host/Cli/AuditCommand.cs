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
        var audit = new Command("audit", "Check the audit log, drop what is past its retention.") { verify, Drop(slug) };
        audit.AddConnection();
        return audit;
    }

    private static Command Drop(Argument<string> slug)
    {
        var drop = new Command("drop-old", "Drop the months that are older than the practice keeps its log (Administration, Settings, Practice). Each night a host does it by itself.") { slug };
        drop.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var report = await session.Services.GetRequiredService<AuditRetention>().RunAsync(practice, ct);
            Console.WriteLine(report.Refused is { } reason
                ? $"{practice.Row.Slug}: nothing was dropped. {reason}"
                : $"{practice.Row.Slug}: {report.Entries:N0} entries of {report.Months} months dropped; what is from {report.Before:yyyy-MM-dd} on is kept");
            return report.Refused is null ? 0 : 1;
        });
        return drop;
    }
}
