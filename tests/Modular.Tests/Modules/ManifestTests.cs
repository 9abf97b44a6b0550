using Modular.Host.Installed;
using Modular.Host.Judging;

namespace Modular.Tests.Modules;

/// <summary>Manifests are judged as data: none of these folders holds an assembly that could be loaded.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("manifests").FullName;

    [Theory]
    [InlineData("future", "9.0", ModuleStatus.NotSupported, "SDK 9.0")]
    [InlineData("newer", "0.99", ModuleStatus.NotSupported, "SDK 0.99")]
    [InlineData("words", "latest", ModuleStatus.Refused, "not a version")]
    public void A_module_for_another_sdk_is_not_loaded_and_says_which_it_needs(string id, string sdk, ModuleStatus status, string words)
    {
        Write(id, $$"""{ "id": "{{id}}", "name": "X", "version": "1.0.0", "sdk": "{{sdk}}", "assembly": "X.dll" }""");

        var module = Assert.Single(ManifestJudge.Discover(folder));

        Assert.Equal(status, module.Status);
        Assert.Contains(words, module.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_built_for_another_framework_is_not_loaded_and_says_which()
    {
        Write("older", """{ "id": "older", "name": "X", "version": "1.0.0", "sdk": "0.9", "framework": "net9.0", "assembly": "X.dll" }""");

        var module = Assert.Single(ManifestJudge.Discover(folder));

        Assert.Equal(ModuleStatus.NotSupported, module.Status);
        Assert.StartsWith("It was built for net9.0; this host runs on net10.0.", module.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_named_by_itself_is_a_module_beside_the_others()
    {
        Write("one", """{ "id": "one", "name": "X", "version": "1.0.0", "sdk": "0.9", "assembly": "X.dll" }""");
        using var elsewhere = new ManifestTests();
        elsewhere.Write("two", """{ "id": "two", "name": "X", "version": "1.0.0", "sdk": "0.9", "assembly": "X.dll" }""");

        Assert.Equal(["one", "two"], ManifestJudge.Discover(folder, Path.Combine(elsewhere.folder, "two") + "/").Select(m => m.Id));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("Upper")]
    [InlineData("a\\\"; drop schema core")]
    [InlineData("core")]
    [InlineData("admin")]
    [InlineData("account")]
    [InlineData("pg-catalog")]
    [InlineData("information-schema")]
    [InlineData("public")]
    [InlineData("x")]
    public void A_hostile_id_never_becomes_a_schema(string id)
    {
        Write("hostile", $$"""{ "id": "{{id}}", "name": "X", "version": "1.0.0", "sdk": "0.9", "assembly": "X.dll" }""");

        Assert.Equal(ModuleStatus.Refused, Assert.Single(ManifestJudge.Discover(folder)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    public void A_manifest_that_cannot_be_read_is_shown_and_refused(string json)
    {
        Write("broken", json);

        var module = Assert.Single(ManifestJudge.Discover(folder));

        Assert.Equal(("broken", ModuleStatus.Refused), (module.Id, module.Status));
    }

    [Fact]
    public void An_assembly_outside_the_modules_folder_is_refused()
    {
        Write("escape", """{ "id": "escape", "name": "X", "version": "1.0.0", "sdk": "0.9", "assembly": "../other/X.dll" }""");

        Assert.Equal(ModuleStatus.Refused, Assert.Single(ManifestJudge.Discover(folder)).Status);
    }

    [Fact]
    public void Of_two_folders_with_one_id_the_second_is_refused()
    {
        foreach (var name in new[] { "a", "b" })
        {
            Write(name, """{ "id": "same", "name": "X", "version": "1.0.0", "sdk": "0.9", "assembly": "X.dll" }""");
        }

        Assert.Equal([ModuleStatus.Found, ModuleStatus.Refused], ManifestJudge.Discover(folder).Select(m => m.Status));
    }

    [Fact]
    public void A_missing_dependency_is_named()
    {
        Write("needy", """{ "id": "needy", "name": "X", "version": "1.0.0", "sdk": "0.9", "assembly": "X.dll", "dependsOn": ["billing"] }""");

        var module = Assert.Single(ManifestJudge.Discover(folder));

        Assert.Equal("It needs the module billing, which is not installed.", module.Reason);
    }

    private void Write(string name, string manifest)
    {
        var module = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(module, "module.json"), manifest);
        File.WriteAllText(Path.Combine(module, "X.dll"), "");
    }

    public void Dispose() => Directory.Delete(folder, true);
}
