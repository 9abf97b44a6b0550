using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Testing;

public sealed partial class TestPractice
{
    private const int FillSeconds = 60;

    /// <summary>Runs a job now, whenever it would be due, and waits for all it causes.</summary>
    /// <param name="id">As declared: <c>referrals.overdue</c>.</param>
    public async Task RunJobAsync(string id)
    {
        var job = app.Services.GetRequiredService<InstalledModules>().WithCore.SelectMany(m => m.Declared.Jobs).FirstOrDefault(j => j.Id == id)
            ?? throw new TestFailedException($"No module declares the job {id}.");
        await using (var scope = Scope())
        {
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(Activator.CreateInstance(job.Message)!, null, new(Job: job.Id));
            await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        }

        await SettleAsync();
    }

    /// <summary>Turns a module on among what exists already, and waits until it is filled.</summary>
    /// <param name="module">Id of the module.</param>
    public async Task TurnOnAsync(string module)
    {
        await app.Services.GetRequiredService<ModuleEnabling>().EnableAsync(practice, module, null, Actor.System("test"), default);
        await UntilAsync(async () => await ValueAsync<string>("select state from core.modules where module = $1", module) is not "on" and var state ? $"{module} is still {state}" : null, FillSeconds);
        await SettleAsync();
    }

    /// <summary>Turns a module off. Its data stays; messages for it wait until it is on again.</summary>
    /// <param name="module">Id of the module.</param>
    public Task TurnOffAsync(string module) => app.Services.GetRequiredService<ModuleEnabling>().DisableAsync(practice, module, Actor.System("test"), default);

    /// <summary>Registers a patient as the front desk would, and waits until the other modules know.</summary>
    /// <param name="lastName">Family name.</param>
    /// <param name="firstName">Given name.</param>
    /// <param name="born">As typed: <c>1/5/48</c>.</param>
    /// <param name="sex">One of F, M, X, U.</param>
    /// <returns>The patient's id.</returns>
    public async Task<Guid> RegisterPatientAsync(string lastName, string firstName, string born = "1/5/48", string sex = "F")
    {
        var registered = await AskAsync<PatientRegistered>(new RegisterPatient(lastName, firstName, born, sex, null, Anyway: true));
        var id = registered.PatientId ?? throw new TestFailedException($"The patient was refused: {string.Join(" ", registered.Errors.Select(e => e.Value))}");
        await SettleAsync();
        return id;
    }
}
