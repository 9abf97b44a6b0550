using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>The sample's steps where the database or a version refuses them, and as programs take them.</summary>
public sealed class LabSampleTests(SampleHost sampleHost) : IClassFixture<SampleHost>
{
    private TestHost Host => sampleHost.Host;

    [Fact]
    public async Task A_step_that_a_constraint_refuses_is_refused_in_its_words_taken_or_taken_back()
    {
        var nurse = new Actor { Name = "Nora", PersonId = Guid.CreateVersion7(), Permissions = new HashSet<string> { "referrals.referral.send" } };
        var (now, patient) = (new DateTimeOffset(2026, 6, 10, 12, 0, 0, TimeSpan.Zero), $"Okoro {Guid.NewGuid()}");
        var (first, second) = (await AtLabAsync(), await AtLabAsync(sent: false));

        Assert.Equal("Another sample of this patient is at the lab.", (await StepAsync(second, SampleSteps.Send, s => s.Send("Lab", now, "Nora"))).Refusal);
        Assert.True((await StepAsync(first, SampleSteps.Receive, s => s.Receive("4.2", now, "Nora"))).Taken);
        Assert.True((await StepAsync(second, SampleSteps.Send, s => s.Send("Lab", now, "Nora"))).Taken);
        Assert.Equal(new StepResult("Another sample of this patient is at the lab."), await StepAsync(first, null, s => SampleSteps.All.TakeBack(s, now, "Nora")));
        Assert.Equal("read 2", await Host.North.AskAsync<string>($"select state || ' ' || version from referrals.lab_samples where id = '{first}'"));

        async Task<Guid> AtLabAsync(bool sent = true)
        {
            await using var scope = Host.Scope(Host.North);
            var sample = new LabSample { Patient = patient };
            _ = sent ? sample.Send("Lab", now, "Nora") : null;
            var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
            db.Add(sample);
            await db.SaveChangesAsync();
            return sample.Id;
        }

        async Task<StepResult> StepAsync(Guid id, Step<LabSample, SampleState>? step, Func<LabSample, string?> take)
        {
            await using var scope = Host.Scope(Host.North);
            var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
            var row = await db.LabSamples.Include(s => s.History).SingleAsync(s => s.Id == id);
            return await SampleSteps.All.TakeAsync(db, nurse, row, row.Version, step, take, default);
        }
    }

    [Theory]
    [InlineData(null, 428, "If-Match")]
    [InlineData("\"9\"", 412, "Somebody changed this sample meanwhile")]
    [InlineData("\"1\"", 409, "The sample is not at the lab.")]
    public async Task A_program_that_cannot_take_a_step_is_told_why(string? version, int status, string sentence)
    {
        await using var scope = Host.Person(Host.North, Guid.CreateVersion7(), ["referrals.referral.send"], [TestHost.NorthMain]);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        var sample = new LabSample { Patient = $"Api {Guid.NewGuid()}" };
        db.Add(sample);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.IfMatch = version;
        var api = new SamplesApi(db) { ControllerContext = new() { HttpContext = http } };

        var refused = Assert.IsType<ObjectResult>(await api.Receive(sample.Id, new(), TestContext.Current.CancellationToken));
        Assert.Equal(status, refused.StatusCode);
        Assert.Contains(sentence, ((ProblemDetails)refused.Value!).Detail, StringComparison.Ordinal);
        http.Request.Headers.IfMatch = "\"1\"";
        Assert.Equal(404, Assert.IsType<ObjectResult>(await api.Receive(Guid.NewGuid(), new(), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_program_takes_a_step_and_has_the_row_and_its_version()
    {
        await using var scope = Host.Person(Host.North, Guid.CreateVersion7(), ["referrals.referral.send"], [TestHost.NorthMain]);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        var sample = new LabSample { Patient = $"Api {Guid.NewGuid()}" };
        sample.Send("Lab", default, "Nora");
        db.Add(sample);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.IfMatch = "\"1\"";

        var taken = await new SamplesApi(db) { ControllerContext = new() { HttpContext = http } }.Receive(sample.Id, new() { Values = "4.2" }, TestContext.Current.CancellationToken);

        Assert.Equal(new SampleBody(sample.Id, 2, "read"), Assert.IsType<OkObjectResult>(taken).Value);
        Assert.Equal("\"2\"", http.Response.Headers.ETag.ToString());
    }
}
