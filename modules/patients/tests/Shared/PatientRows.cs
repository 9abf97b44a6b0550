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
    private static long tags;

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

    /// <summary>
    /// A last name of its own for each test, so that tests sharing a host do not meet: six letters, none given twice, and two after each other
    /// far apart, for a search that forgives a slip of the finger.
    /// </summary>
    public static string Tag()
    {
        // An odd factor that 13 does not divide goes through all 26^6 words once.
        var word = Interlocked.Increment(ref tags) * 125_643_267L % 308_915_776L;
        return string.Create(6, word, (letters, rest) =>
        {
            for (var i = 0; i < letters.Length; i++, rest /= 26)
            {
                letters[i] = (char)('a' + (rest % 26));
            }
        });
    }

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
