using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients;
using Modular.Patients.Charts;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>The module's context on a practice of the running host, for tests that look at rows.</summary>
public sealed class PatientRows : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly Action forgetCharts;

    public PatientRows(TestHost host, Practice? practice = null)
    {
        forgetCharts = () => host.ForgetCharts(practice ?? host.North);
        scope = host.Scope(practice ?? host.North);
        var work = scope.ServiceProvider.GetRequiredService<IWork>();
        var options = new DbContextOptionsBuilder<PatientsDb>().UseNpgsql(work.Connection).Options;
        Db = new(new ModuleDbContext<PatientsDb>(options, DataScope.Everything, work, "patients"));
    }

    public PatientsDb Db { get; }

    public IServiceProvider Services => scope.ServiceProvider;

    /// <summary>Numbers a test's own patients, so that tests sharing a host do not meet.</summary>
    public static string Tag() => string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetterLower).Concat("abcdefgh")).Substring(0, 6);

    public async Task<Patient> AddAsync(string last, string first, DateOnly born, Action<Patient>? more = null)
    {
        var patient = new Patient
        {
            RecordNumber = (await Db.NextRecordNumbersAsync(1, "", default))[0],
            LastName = last, FirstName = first, BirthDate = born, Sex = "F",
            RegisteredAt = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero),
        };
        more?.Invoke(patient);
        Db.Add(patient);
        await Db.SaveChangesAsync();
        // The types of this assembly's own copy are not those that the host's module declared.
        forgetCharts();
        return patient;
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await scope.DisposeAsync();
    }
}
