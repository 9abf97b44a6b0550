using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Host.Settings;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Settings;

public sealed class SettingsTests
{
    [Fact]
    public async Task A_save_shows_at_once_a_location_may_differ_and_the_other_practice_keeps_its_own()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(20, await Limit(host, host.North));

        Assert.True(await Save(host, null, """{"largestFile":10}""", 0));
        Assert.True(await Save(host, TestHost.NorthLake, """{"largestFile":5}""", 0));

        Assert.Equal(10, await Limit(host, host.North));
        Assert.Equal(10, await Limit(host, host.North, TestHost.NorthMain));
        Assert.Equal(5, await Limit(host, host.North, TestHost.NorthLake));
        Assert.Equal(20, await Limit(host, host.South));
    }

    [Fact]
    public async Task The_later_of_two_who_save_the_same_settings_is_told()
    {
        await using var host = await TestHost.StartAsync();

        Assert.True(await Save(host, null, """{"largestFile":10}""", 0));
        Assert.False(await Save(host, null, """{"largestFile":11}""", 0));

        Assert.Equal(10, await Limit(host, host.North));
    }

    private static async Task<int> Limit(TestHost host, Modular.Host.Practices.Practice practice, Guid? location = null)
    {
        await using var scope = host.Scope(practice);
        return (await scope.ServiceProvider.GetRequiredService<ISettings<PracticeSettings>>().GetAsync(location)).LargestFile;
    }

    private static async Task<bool> Save(TestHost host, Guid? location, string body, int version)
    {
        await using var scope = host.Scope(host.North);
        return await scope.ServiceProvider.GetRequiredService<SettingsEditor>().SaveAsync("core", location, JsonNode.Parse(body)!.AsObject(), version, default);
    }
}
