using System.Net;
using Modular.Tests.Harness;
using Modular.Sdk;

namespace Modular.Tests.Scheduling;

/// <summary>Complaints 1 to 4: two people, one time.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class ContentionTests(Clinic clinic)
{
    [Fact]
    public async Task Fifty_at_once_for_one_time_give_one_visit_and_forty_nine_sentences()
    {
        var provider = await clinic.AddProviderAsync("Dr. Fifty");
        var patients = await clinic.AddPatientsAsync(50);

        var answers = await PostAsync([clinic.Host], patients.Select(p => Clinic.Form(p, clinic.FollowUp, provider, Clinic.At(11, "09:00"))));

        await OneWinsAsync(answers, $"provider_id = '{provider}'");
        // The winner's neighbour is offered.
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Redirect), a => Assert.Contains("Next free: 9:20 am", a.Text));
    }

    [Fact]
    public async Task Fifty_at_once_across_two_processes_give_one_visit()
    {
        var provider = await clinic.AddProviderAsync("Dr. Twice");
        var patients = await clinic.AddPatientsAsync(50);
        await using var second = await clinic.SecondAsync();

        var answers = await PostAsync([clinic.Host, second], patients.Select(p => Clinic.Form(p, clinic.FollowUp, provider, Clinic.At(11, "09:00"))));

        await OneWinsAsync(answers, $"provider_id = '{provider}'");
    }

    [Fact]
    public async Task Fifty_at_once_with_five_providers_for_one_shared_room_give_one_visit()
    {
        var room = await clinic.AddRoomAsync("Procedure room", TestHost.NorthLake);
        var type = await clinic.AddTypeAsync("Procedure", 30, room: true);
        var providers = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            providers.Add(await clinic.AddProviderAsync($"Dr. Room {i}", TestHost.NorthLake));
        }

        var patients = await clinic.AddPatientsAsync(50);
        await using var second = await clinic.SecondAsync();

        var answers = await PostAsync([clinic.Host, second],
            patients.Select((p, i) => Clinic.Form(p, type, providers[i % 5], Clinic.At(11, "11:00"), TestHost.NorthLake)));

        await OneWinsAsync(answers, $"room_id = '{room}'");
    }

    [Fact]
    public async Task Any_provider_takes_each_provider_once_and_then_says_so()
    {
        var location = TestHost.NorthLake;
        var type = await clinic.AddTypeAsync("Any", 30);
        // A Sunday of its own, on which only these three work.
        var three = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            three.Add(await clinic.AddProviderAsync($"Dr. Any {i}", location, "05:00-06:00"));
        }

        var patients = await clinic.AddPatientsAsync(20);

        var answers = await PostAsync([clinic.Host], patients.Select(p => Clinic.Form(p, type, null, Clinic.At(14, "06:00"), location)));

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(17, answers.Count(a => a.Text.Contains("just taken", StringComparison.Ordinal)));
        Assert.Equal(3L, await clinic.AskAsync<long>($"select count(distinct provider_id) from scheduling.visits where type_id = '{type}' and provider_id = any('{{{string.Join(',', three)}}}')"));
        Assert.Equal(3L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where type_id = '{type}'"));
    }

    [Fact]
    public async Task One_form_sent_eight_times_books_once_and_eight_times_says_it_did()
    {
        var provider = await clinic.AddProviderAsync("Dr. Once");
        var patient = (await clinic.AddPatientsAsync(1))[0];
        var form = Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00"));

        var answers = await PostAsync([clinic.Host], Enumerable.Repeat(form, 8));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where patient_id = '{patient}'"));
    }

    private async Task OneWinsAsync(List<(HttpStatusCode Status, string Text)> answers, string where)
    {
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(49, answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity
            && (a.Text.Contains("was just taken", StringComparison.Ordinal) || a.Text.Contains("No room is free", StringComparison.Ordinal))));
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where {where}"));
    }

    private async Task<List<(HttpStatusCode Status, string Text)>> PostAsync(TestHost[] hosts, IEnumerable<(string, string)[]> forms)
    {
        var desks = new List<(TestClient Client, AngleSharp.Html.Dom.IHtmlDocument Page)>();
        var person = await clinic.Host.People.EnsureAsync(clinic.North, Roles.FrontDesk);
        foreach (var host in hosts)
        {
            var client = host.Client(host.North);
            await TestPeople.SignInAsync(client, person.UserName!);
            desks.Add((client, await client.PageAsync("/scheduling/appointments/book")));
        }

        var posts = forms.Select(async (form, i) =>
        {
            var (client, page) = desks[i % desks.Count];
            var response = await client.SubmitAsync(page, "form#book", form);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        });
        var answers = await Task.WhenAll(posts);
        desks.ForEach(d => d.Client.Dispose());
        return [.. answers];
    }
}
