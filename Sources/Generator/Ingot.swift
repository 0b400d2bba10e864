import ArgumentParser

@main
struct Ingot: ParsableCommand {
}
